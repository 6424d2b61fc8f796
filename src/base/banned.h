/*
 * Functions that do not compile here, because each has a safe twin in base.
 * Forced into every file by the Makefile, before anything else, so the system
 * headers that declare these names come first.
 */
#ifndef BANNED_H
#define BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BANNED(fn, instead) this_function_is_banned_##fn##_use_##instead

#undef strcpy
#undef strcat
#undef strncpy
#undef strncat
#undef strtok
#undef sprintf
#undef vsprintf
#undef gets
#define strcpy(a, b) BANNED(strcpy, strbuf)
#define strcat(a, b) BANNED(strcat, strbuf)
#define strncpy(a, b, n) BANNED(strncpy, strbuf)
#define strncat(a, b, n) BANNED(strncat, strbuf)
#define strtok(a, b) BANNED(strtok, strbuf)
#define sprintf(...) BANNED(sprintf, strbuf_addf)
#define vsprintf(...) BANNED(vsprintf, strbuf_vaddf)
#define gets(a) BANNED(gets, strbuf)
#define atoi(a) BANNED(atoi, num_parse)
#define atol(a) BANNED(atol, num_parse)
#define atoll(a) BANNED(atoll, num_parse)
#define atof(a) BANNED(atof, money_parse)
#define gmtime(a) BANNED(gmtime, date)
#define localtime(a) BANNED(localtime, tz)
#define ctime(a) BANNED(ctime, date)
#define asctime(a) BANNED(asctime, date)
#define mktime(a) BANNED(mktime, tz)
#define strftime(...) BANNED(strftime, date)
#define system(a) BANNED(system, posix_spawn)
#define popen(a, b) BANNED(popen, posix_spawn)
#define rand() BANNED(rand, rng)
#define srand(a) BANNED(srand, rng)
#define random() BANNED(random, rng)

#endif
