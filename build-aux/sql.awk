# Turns data/sql/*.sql into an enum (mode=enum) and a table (mode=table), and
# data/schema/*.sql into the list of migrations (mode=schema).
#
# A statement begins with a line "-- name: customer_get" and ends at the next
# one; comment lines before it are for the reader. Works under mawk.

function quote(s) {
	gsub(/\\/, "\\\\", s)
	gsub(/"/, "\\\"", s)
	return "\"" s "\\n\""
}

function base(path) {
	sub(/^.*\/data\//, "data/", path)
	return path
}

function finish() {
	if (name != "" && mode == "table")
		printf "},\n"
	name = ""
}

mode == "schema" && FNR == 1 {
	if (step != "")
		printf "},\n"
	step = FILENAME
	sub(/^.*\//, "", step)
	number = step
	sub(/_.*$/, "", number)
	printf "\t{ %d, \"%s\",\n", number + 0, step
}
mode == "schema" {
	line = $0
	sub(/[ \t]*--.*$/, "", line)
	if (line != "")
		print "\t  " quote(line)
	next
}

FNR == 1 { finish() }
/^-- name: / {
	finish()
	name = toupper($3)
	if (mode == "enum")
		printf "\tSQL_%s,\n", name
	else
		printf "\t[SQL_%s] = { \"%s\", \"%s:%d\",\n", name, tolower($3), base(FILENAME), FNR
	next
}
mode == "table" && name != "" && !/^[ \t]*(--|$)/ { print "\t  " quote($0) }

END {
	finish()
	if (mode == "schema" && step != "")
		printf "},\n"
}
