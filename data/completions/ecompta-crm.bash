# bash completion for ecompta-crm: the program itself lists commands and options.
_ecompta_crm() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
  local line=" ${COMP_WORDS[*]:1:COMP_CWORD-1} " words

  case $prev in
    --store) compopt -o default; COMPREPLY=(); return ;;
    --lang) mapfile -t COMPREPLY < <(compgen -W 'fr en' -- "$cur"); return ;;
  esac
  words=$(ecompta-crm help --words 2>/dev/null)
  if [[ $cur == -* ]]; then
    words=$(awk -F '\t' -v line="$line" 'index(line, " " $1 " ") { print $2 }' <<<"$words")
  else
    words=$(awk -F '\t' '{ print $1 }' <<<"$words" |
      awk -v at="$COMP_CWORD" -v prev="$prev" '
        at == 1 { print $1 }
        at == 2 && $1 == prev { print $2 }')
    [[ -n $words ]] || compopt -o default
  fi
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
}
complete -F _ecompta_crm ecompta-crm
