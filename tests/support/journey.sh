# For journeys: the program in a terminal of its own (tmux), driven by keys, its
# screen read as a person would. Every wait is for something that is to appear.
# Use: . "$TOP_SRCDIR/tests/support/lib.sh"; . "$TOP_SRCDIR/tests/support/journey.sh"
#
#   journey LANG [COLS ROWS [TERM]]   starts the program
#   keys KEY...                       tmux's names of keys
#   types TEXT                        letter by letter
#   sees 'name' TEXT                  waits until it is on the screen

need tmux sqlite3
TERMINALS=0
TERMINAL="tmux -L ecompta-$$-0 -f /dev/null"
trap '$TERMINAL kill-server 2>/dev/null; rm -rf "$SANDBOX"' EXIT
WAIT=600 # tenths of a second that anything may take: others may keep the disk busy

# One of its own each time: the last one's may still be ending.
journey() {
  TERMINALS=$((TERMINALS + 1))
  TERMINAL="tmux -L ecompta-$$-$TERMINALS -f /dev/null"
  LC_ALL=C.UTF-8 $TERMINAL new-session -d -x "${2:-80}" -y "${3:-24}" \
    "TERM=${4:-xterm-256color} LC_ALL=C.UTF-8 exec '$PROGRAM' --lang $1" || exit 99
  $TERMINAL set-option -g status off
  $TERMINAL set-option -g remain-on-exit on
  PANE=$($TERMINAL list-panes -F '#{pane_pid}')
}

# No-break spaces read as spaces.
screen() {
  $TERMINAL capture-pane -p | sed 's/\xc2\xa0/ /g'
}

keys() {
  for key in "$@"; do
    $TERMINAL send-keys "$key"
  done
}

types() {
  $TERMINAL send-keys -l "$1"
}

# Whether the command comes true in time.
in_time() {
  tries=$WAIT
  until "$@"; do
    tries=$((tries - 1))
    [ $tries -gt 0 ] || return 1
    sleep 0.1
  done
}

on_screen() {
  screen | grep -qF -- "$1"
}

sees() {
  if in_time on_screen "$2"; then
    echo "ok: $1"
  else
    fail "$1" "to be seen: $2" "$(screen)"
  fi
}

# Ended, whether or not its parent has looked yet.
# Ended, though tmux may not have taken notice yet.
gone() {
  ! kill -0 "$1" 2>/dev/null || grep -q '^State:.Z' "/proc/$1/status" 2>/dev/null
}

# Not even a process any more: nobody takes it for alive.
forgotten() {
  ! kill -0 "$1" 2>/dev/null
}
