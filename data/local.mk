# What is installed beside the program: man page, completions.
man1_MANS = data/ecompta-crm.1
EXTRA_DIST += data/ecompta-crm.1.in data/completions/ecompta-crm.bash
CLEANFILES += data/ecompta-crm.1

# The commands' part is printed by the program from the table it parses with.
data/ecompta-crm.1: $(top_srcdir)/data/ecompta-crm.1.in ecompta-crm$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) data && LC_ALL=C ./ecompta-crm$(EXEEXT) help --man > $@.part && \
	sed -e 's/@VERSION[@]/$(PACKAGE_VERSION)/' -e '/@COMMANDS@/r $@.part' -e '/@COMMANDS@/d' \
		$(top_srcdir)/data/ecompta-crm.1.in > $@ && rm $@.part

bashcompletiondir = $(datadir)/bash-completion/completions
install-data-hook:
	$(MKDIR_P) $(DESTDIR)$(bashcompletiondir)
	$(INSTALL_DATA) $(top_srcdir)/data/completions/ecompta-crm.bash $(DESTDIR)$(bashcompletiondir)/ecompta-crm

uninstall-hook:
	rm -f $(DESTDIR)$(bashcompletiondir)/ecompta-crm
