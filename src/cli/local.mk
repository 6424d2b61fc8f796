# files of src/cli, see HACKING
