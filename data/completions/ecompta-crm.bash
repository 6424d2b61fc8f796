# bash completion for ecompta-crm: the program itself lists commands and options,
# one command a line: its words, a tab, its options, --option=ARG where one takes
# a value. An ARG with bars in it names the choices.
_ecompta_crm() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
  local line=" ${COMP_WORDS[*]:1:COMP_CWORD-1} " all options arg

  all=$(ecompta-crm help --words 2>/dev/null)
  options=$(awk -F '\t' -v line="$line" '
    index(line, " " $1 " ") && length($1) > length(best) { best = $1; found = $2 }
    END { print found }' <<<"$all")
  arg=$(tr ' ' '\n' <<<"$options" | sed -n "s/^$prev=//p")
  COMPREPLY=()
  if [[ $prev == --* && $arg == *'|'* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "${arg//|/ }" -- "$cur")
  elif [[ $prev == --* && -n $arg ]]; then
    compopt -o default
  elif [[ $cur == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$(sed 's/=[^ ]*//g' <<<"$options")" -- "$cur")
  else
    all=$(cut -f 1 <<<"$all" | awk -v at="$COMP_CWORD" -v prev="$prev" '
      at == 1 { print $1 }
      at == 2 && $1 == prev { print $2 }' | sort -u)
    mapfile -t COMPREPLY < <(compgen -W "$all" -- "$cur")
    [[ -n $all ]] || compopt -o default
  fi
}
complete -F _ecompta_crm ecompta-crm
