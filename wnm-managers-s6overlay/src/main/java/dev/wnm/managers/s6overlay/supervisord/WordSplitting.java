package dev.wnm.managers.s6overlay.supervisord;

/**
 * Shell lines that split a command into words when the service starts, as supervisord does: by the rules of Python's
 * {@code shlex.split}, after the variables are in. The shell takes nothing of it for code, so that a value can never run one.
 */
final class WordSplitting {
  /** Where the lines are, in the service's folder. */
  static final String FILE = "data/words";

  private WordSplitting() {}

  /** @param service for messages */
  static String script(String service) {
    return """
        # Made by wnm. Splits $wnm_text into "$@" as supervisord does: by blanks, quotes and backslashes. Runs nothing of it.
        wnm_wrong() {
          echo "SERVICE: its command, with the variables put in, $1" >&2
          exit 1
        }
        wnm_blank=$(printf ' \\t\\r\\n.')
        wnm_blank=${wnm_blank%.}
        wnm_word=
        wnm_inside=
        set --
        while [ -n "$wnm_text" ]; do
          wnm_plain=${wnm_text%%["$wnm_blank"\\'\\"\\\\]*}
          if [ -n "$wnm_plain" ]; then
            wnm_word=$wnm_word$wnm_plain
            wnm_inside=1
            wnm_text=${wnm_text#"$wnm_plain"}
          fi
          case $wnm_text in
            '') ;;
            \\\\?*)
              wnm_rest=${wnm_text#\\\\?}
              wnm_plain=${wnm_text%"$wnm_rest"}
              wnm_word=$wnm_word${wnm_plain#\\\\}
              wnm_inside=1
              wnm_text=$wnm_rest ;;
            \\\\) wnm_wrong 'ends with a backslash' ;;
            \\'*\\'*)
              wnm_text=${wnm_text#\\'}
              wnm_word=$wnm_word${wnm_text%%\\'*}
              wnm_inside=1
              wnm_text=${wnm_text#*\\'} ;;
            \\"*)
              wnm_text=${wnm_text#\\"}
              wnm_inside=1
              while :; do
                wnm_plain=${wnm_text%%[\\"\\\\]*}
                wnm_word=$wnm_word$wnm_plain
                wnm_text=${wnm_text#"$wnm_plain"}
                case $wnm_text in
                  \\"*)
                    wnm_text=${wnm_text#\\"}
                    break ;;
                  \\\\[\\"\\\\]*)
                    wnm_rest=${wnm_text#\\\\?}
                    wnm_plain=${wnm_text%"$wnm_rest"}
                    wnm_word=$wnm_word${wnm_plain#\\\\}
                    wnm_text=$wnm_rest ;;
                  \\\\*)
                    wnm_word=$wnm_word\\\\
                    wnm_text=${wnm_text#\\\\} ;;
                  *) wnm_wrong 'opens a " and does not close it' ;;
                esac
              done ;;
            \\'*) wnm_wrong "opens a ' and does not close it" ;;
            *)
              wnm_text=${wnm_text#?}
              if [ -n "$wnm_inside" ]; then
                set -- "$@" "$wnm_word"
              fi
              wnm_word=
              wnm_inside= ;;
          esac
        done
        if [ -n "$wnm_inside" ]; then
          set -- "$@" "$wnm_word"
        fi
        [ "$#" -gt 0 ] || wnm_wrong 'is empty'
        """.replace("SERVICE", service);
  }
}
