#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "wire_private.h"

curl_socket_t sockets_on_open(void *sockets, curlsocktype purpose, struct curl_sockaddr *at)
{
	struct sockets *s = sockets;
	int fd = socket(at->family, at->socktype | SOCK_CLOEXEC, at->protocol);

	(void)purpose;
	if (fd < 0)
		return CURL_SOCKET_BAD;
	if (s->n == SOCKETS_MOST) {
		close(fd);
		return CURL_SOCKET_BAD;
	}
	s->fd[s->n++] = fd;
	return fd;
}

int sockets_on_close(void *sockets, curl_socket_t fd)
{
	struct sockets *s = sockets;

	for (int i = 0; i < s->n; i++)
		if (s->fd[i] == fd)
			s->fd[i] = s->fd[--s->n];
	return close(fd);
}

static long local_port(int fd)
{
	struct sockaddr_storage at;
	socklen_t size = sizeof(at);

	if (getsockname(fd, (struct sockaddr *)&at, &size) < 0)
		return -1;
	if (at.ss_family == AF_INET6)
		return ntohs(((struct sockaddr_in6 *)&at)->sin6_port);
	return ntohs(((struct sockaddr_in *)&at)->sin_port);
}

int sockets_on_said(CURL *easy, curl_infotype type, char *data, size_t size, void *sockets)
{
	struct sockets *s = sockets;
	long port = 0;

	if (type != CURLINFO_HEADER_OUT || size < 4 || memcmp(data, "QUIT", 4) != 0)
		return 0;
	curl_easy_getinfo(easy, CURLINFO_LOCAL_PORT, &port);
	for (int i = 0; i < s->n; i++)
		if (local_port(s->fd[i]) == port)
			shutdown(s->fd[i], SHUT_RD);
	/* Should it be another, older connection that makes room. */
	curl_easy_setopt(easy, CURLOPT_SERVER_RESPONSE_TIMEOUT, 1L);
	return 0;
}

void sockets_no_goodbyes(const struct sockets *s)
{
	for (int i = 0; i < s->n; i++)
		shutdown(s->fd[i], SHUT_RD);
}
