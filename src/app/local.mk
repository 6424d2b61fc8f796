# files of src/app, see HACKING
