# Turns data/templates/LANGUAGE/NAME.{html,sms,txt} into rows of the table of
# src/model/system_template.c. A .txt begins with "Subject: ..." and a blank line;
# the .html of its name is read before it. Works under mawk.

function quote(s) {
	gsub(/\\/, "\\\\", s)
	gsub(/"/, "\\\"", s)
	return s
}

# A text as C strings, one a line; without the line end of the last.
function put(lines, n, i) {
	if (!n)
		printf "\t\"\""
	for (i = 1; i <= n; i++)
		printf "%s\t\"%s%s\"", (i > 1 ? "\n" : ""), quote(lines[i]), (i < n ? "\\n" : "")
}

function row(channel) {
	printf "SYSTEM_TEMPLATE(%s, \"%s\", %s, \"%s\",\n", toupper(name), language, channel, quote(subject)
	put(lines, n)
	printf ",\n"
	put(html, channel == "CHANNEL_EMAIL" ? html_n : 0)
	printf ")\n"
}

function finish(i) {
	if (kind == "txt") {
		if (html_of != language "/" name)
			html_n = 0
		row("CHANNEL_EMAIL")
	} else if (kind == "sms")
		row("CHANNEL_SMS")
	else if (kind == "html") {
		html_of = language "/" name
		html_n = n
		for (i = 1; i <= n; i++)
			html[i] = lines[i]
	}
}

FNR == 1 {
	finish()
	parts = split(FILENAME, part, "/")
	language = part[parts - 1]
	split(part[parts], ends, ".")
	name = ends[1]
	kind = ends[2]
	subject = ""
	body = kind != "txt"
	n = 0
}
body { lines[++n] = $0; next }
/^Subject: / { subject = substr($0, 10) }
/^$/ { body = 1 }

END { finish() }
