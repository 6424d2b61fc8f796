# files of src/stats, see HACKING
