# files of src/store, see HACKING
