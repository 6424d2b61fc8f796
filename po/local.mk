# Translations: English is the source text. `make update-po` brings new texts
# into fr.po; the build makes the binary form, also found from the build tree
# (ECOMPTA_LOCALEDIR=po).
MO_FILES = po/fr/LC_MESSAGES/ecompta-crm.mo
EXTRA_DIST += po/fr.po
CLEANFILES += $(MO_FILES)

po/fr/LC_MESSAGES/ecompta-crm.mo: $(top_srcdir)/po/fr.po
	$(AM_V_GEN)$(MKDIR_P) po/fr/LC_MESSAGES && $(MSGFMT) -c -o $@ $(top_srcdir)/po/fr.po

all-local: $(MO_FILES)

install-data-local: $(MO_FILES)
	$(MKDIR_P) $(DESTDIR)$(localedir)/fr/LC_MESSAGES
	$(INSTALL_DATA) po/fr/LC_MESSAGES/ecompta-crm.mo $(DESTDIR)$(localedir)/fr/LC_MESSAGES/

uninstall-local:
	rm -f $(DESTDIR)$(localedir)/fr/LC_MESSAGES/ecompta-crm.mo

XGETTEXT_FLAGS = --language=C --from-code=UTF-8 --add-comments=TRANSLATORS --no-wrap \
	--keyword=_ --keyword=N_ --keyword=ngettext:1,2 --add-location=file --package-name=ecompta-crm --sort-by-file

# Without the date of the template, which two branches would never agree on, and
# without texts that the source no longer has.
update-po:
	cd $(top_srcdir) && find src ui -name '*.[ch]' -o -name '*.def' | LC_ALL=C sort | \
		$(XGETTEXT) $(XGETTEXT_FLAGS) -f - -o $(abs_top_builddir)/po/ecompta-crm.pot
	$(MSGMERGE) -q --no-wrap --no-fuzzy-matching --add-location=file -o po/fr.new $(top_srcdir)/po/fr.po po/ecompta-crm.pot
	msgattrib --no-obsolete --no-wrap --add-location=file po/fr.new | \
		sed '/^"POT-Creation-Date:/d' >po/fr.po.new
	rm -f po/fr.new po/ecompta-crm.pot
	cmp -s po/fr.po.new $(top_srcdir)/po/fr.po || cp po/fr.po.new $(top_srcdir)/po/fr.po
	rm -f po/fr.po.new
.PHONY: update-po
