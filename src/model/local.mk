# files of src/model, see HACKING
