#include "cli_secret.h"

#include <termios.h>
#include <unistd.h>

#include "i18n.h"

#define CTRL_C 3
#define CTRL_D 4
#define BACKSPACE 8
#define DELETE 127

/* Takes the last character away, all its bytes. */
static size_t rub_out(const char *out, size_t len)
{
	while (len && ((unsigned char)out[len - 1] & 0xC0) == 0x80)
		len--;
	return len ? len - 1 : 0;
}

/* The bytes of a line; -1 when it was broken off, or is too long. Read one by one, so
 * that what follows is left for the next. */
static long read_line(bool typed, char out[CLI_SECRET_MAX])
{
	size_t len = 0;
	char c;

	while (read(STDIN_FILENO, &c, 1) == 1 && c != '\n' && !(typed && c == '\r')) {
		if (typed && c == CTRL_C)
			return -1;
		if (typed && c == CTRL_D)
			break;
		if (typed && (c == BACKSPACE || c == DELETE))
			len = rub_out(out, len);
		else if (len < CLI_SECRET_MAX - 1)
			out[len++] = c;
		else
			return -1;
	}
	if (len && out[len - 1] == '\r')
		len--;
	out[len] = '\0';
	return (long)len;
}

/* Signals too come as characters, so that the terminal never stays mute. */
static long type_line(const char *prompt, char out[CLI_SECRET_MAX])
{
	struct termios was, mute;
	long len;

	if (tcgetattr(STDIN_FILENO, &was))
		return -1;
	mute = was;
	mute.c_lflag &= ~(tcflag_t)(ECHO | ICANON | ISIG);
	mute.c_cc[VMIN] = 1;
	mute.c_cc[VTIME] = 0;
	fprintf(stderr, "%s ", prompt);
	fflush(stderr);
	if (tcsetattr(STDIN_FILENO, TCSAFLUSH, &mute))
		return -1;
	len = read_line(true, out);
	(void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &was);
	putc('\n', stderr);
	return len;
}

bool cli_secret(const struct cli *cli, const char *prompt, char out[CLI_SECRET_MAX])
{
	long len = isatty(STDIN_FILENO) ? type_line(prompt, out) : read_line(false, out);

	if (len > 0)
		return true;
	cli_usage(cli, "%s", _("nothing was typed; nothing was changed"));
	return false;
}
