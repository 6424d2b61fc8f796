#include "client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

static int connect_to(uint16_t port, int seconds)
{
	struct sockaddr_in there = { .sin_family = AF_INET, .sin_port = htons(port) };
	struct timeval limit = { .tv_sec = seconds };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	there.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
	if (connect(fd, (struct sockaddr *)&there, sizeof(there)) != 0) {
		close(fd);
		return -1;
	}
	return fd;
}

static bool send_all(int fd, const char *data, size_t len)
{
	while (len) {
		ssize_t n = send(fd, data, len, MSG_NOSIGNAL);

		if (n <= 0)
			return false;
		data += n;
		len -= (size_t)n;
	}
	return true;
}

int client_call(uint16_t port, const char *method, const char *path, const char *headers,
	const char *body, size_t len, int seconds, struct strbuf *head, struct strbuf *answer)
{
	struct strbuf request = STRBUF_INIT, all = STRBUF_INIT;
	char piece[16384];
	const char *end;
	int status = 0, fd = connect_to(port, seconds);
	ssize_t n;

	strbuf_clear(head);
	strbuf_clear(answer);
	if (fd < 0)
		return 0;
	strbuf_addf(&request,
		"%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: %zu\r\n"
		"%s\r\n",
		method, path, len, headers);
	strbuf_add(&request, body, len);
	if (send_all(fd, request.buf, request.len))
		while ((n = recv(fd, piece, sizeof(piece), 0)) > 0)
			strbuf_add(&all, piece, (size_t)n);
	end = strstr(all.buf, "\r\n\r\n");
	if (end && sscanf(all.buf, "HTTP/1.1 %3d", &status) == 1) {
		strbuf_add(head, all.buf, (size_t)(end + 2 - all.buf));
		strbuf_add(answer, end + 4, all.len - (size_t)(end + 4 - all.buf));
	}
	close(fd);
	strbuf_release(&request);
	strbuf_release(&all);
	return status;
}
