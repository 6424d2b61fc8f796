/* The composition root: the only place that knows every layer. */
int main(void)
{
	return 0;
}
