# The program itself.
bin_PROGRAMS += ecompta-crm
ecompta_crm_SOURCES = src/main.c
ecompta_crm_CPPFLAGS = $(COMMON) $(INC_CLI) $(INC_UI)
ecompta_crm_LDADD = $(LAYERS) $(LIBS_ALL)
