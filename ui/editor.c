/* The person's own editor, on the terminal of the screens. */
#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ui_state.h"

/* As git does: a shell splits what the variable says, the file is one word. */
static void become_editor(const char *path)
{
	const char *editor = getenv("VISUAL");
	struct strbuf line = STRBUF_INIT_MAX(4096);

	if (!editor || !*editor)
		editor = getenv("EDITOR");
	if (!editor || !*editor)
		editor = "vi";
	strbuf_addf(&line, "%s \"$@\"", editor);
	execl("/bin/sh", "sh", "-c", line.buf, editor, path, (char *)NULL);
	_exit(127);
}

/* Ctrl-C and Ctrl-Z in the editor are the editor's. */
static void let_ignore(struct sigaction old[2])
{
	struct sigaction ignore = { .sa_handler = SIG_IGN };

	sigemptyset(&ignore.sa_mask);
	sigaction(SIGINT, &ignore, &old[0]);
	sigaction(SIGQUIT, &ignore, &old[1]);
}

static void let_default(void)
{
	struct sigaction normal = { .sa_handler = SIG_DFL };

	sigemptyset(&normal.sa_mask);
	sigaction(SIGINT, &normal, NULL);
	sigaction(SIGQUIT, &normal, NULL);
}

bool ui_edit_file(struct ui *ui, const char *path, struct err *err)
{
	struct sigaction old[2];
	int status = 0;
	pid_t pid;

	term_lend(ui->term);
	let_ignore(old);
	pid = fork();
	if (!pid) {
		let_default();
		become_editor(path);
	}
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		continue;
	sigaction(SIGINT, &old[0], NULL);
	sigaction(SIGQUIT, &old[1], NULL);
	term_resume(ui->term);
	ui->stale |= STALE_REFLOW;
	if (pid > 0 && WIFEXITED(status) && !WEXITSTATUS(status))
		return true;
	return err_set(err, ERR_EDITOR, path, "status %d", status);
}
