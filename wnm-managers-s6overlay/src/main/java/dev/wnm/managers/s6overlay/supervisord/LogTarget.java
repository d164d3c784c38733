package dev.wnm.managers.s6overlay.supervisord;

import java.util.Locale;

/**
 * What the name of a log file means to supervisord. Words and devices are no names of folders, whether they are known now
 * ({@link #of}) or only when the container runs ({@link #decideInShell}).
 */
enum LogTarget {
  /** Output is thrown away. */
  NOTHING,
  /** The container's standard output. */
  OUTPUT,
  /** The container's standard error. */
  ERROR,
  /** A file of supervisord's own choice. */
  AUTO,
  /** The system's log, which a container does not have. */
  SYSLOG,
  /** A device or descriptor; whether it can be written to is seen when the container runs. */
  DEVICE,
  /** A variable is in it. */
  KNOWN_AT_START,
  /** An ordinary file. */
  FILE;

  static LogTarget of(String name) {
    if (Expander.READ_AT_START.matcher(name).find()) {
      return KNOWN_AT_START;
    }
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "", "none", "off" -> NOTHING;
      case "auto" -> AUTO;
      case "syslog" -> SYSLOG;
      default -> ofPath(name.replaceAll("/+", "/"));
    };
  }

  private static LogTarget ofPath(String path) {
    if (path.matches("/dev/(stdout|fd/1)|/proc/(self|1)/fd/1")) {
      return OUTPUT;
    }
    if (path.matches("/dev/(stderr|fd/2)|/proc/(self|1)/fd/2")) {
      return ERROR;
    }
    if (path.equals("/dev/null")) {
      return NOTHING;
    }
    if (path.equals("/dev/log")) {
      return SYSLOG;
    }
    // These two hold ordinary files.
    boolean isFile = path.matches("/dev/(shm|mqueue)/.+") || !path.matches("/(dev|proc|sys)(/.*)?");
    return isFile ? FILE : DEVICE;
  }

  /**
   * Shell lines that look at {@code $file} as {@link #of} does: they become a logger that passes lines on, or leave the path
   * of an ordinary file in {@code $file}.
   *
   * @param service for messages
   * @param auto the file of AUTO
   * @param passOn what becomes the logger that passes lines on to the output that it finds
   */
  static String decideInShell(String service, String auto, String passOn) {
    return """
        while case $file in *//*) ;; *) false ;; esac; do
          file=${file%%//*}/${file#*//}
        done
        case $file in
          '' | [Nn][Oo][Nn][Ee] | [Oo][Ff][Ff] | /dev/null) PASS >/dev/null ;;
          [Aa][Uu][Tt][Oo]) file=AUTO_FILE ;;
          /dev/stdout | /dev/fd/1 | /proc/self/fd/1 | /proc/1/fd/1) PASS ;;
          /dev/stderr | /dev/fd/2 | /proc/self/fd/2 | /proc/1/fd/2) PASS >&2 ;;
          [Ss][Yy][Ss][Ll][Oo][Gg] | /dev/log | /dev/tty | /dev/console) PASS ;;
          /dev/fd/* | /dev/stdin | /proc/*/fd/*)
            echo "SERVICE: $file is no output of the container, so its log takes the lines" >&2
            PASS ;;
          /*) ;;
          '~/'*) file=${HOME:-/root}/${file#'~/'} ;;
          *) file=/$file ;;
        esac
        case $file in
          /dev/shm/?* | /dev/mqueue/?*) ;;
          /dev | /dev/* | /proc | /proc/* | /sys | /sys/*)
            if [ ! -c "$file" ] && [ ! -p "$file" ]; then
              echo "SERVICE: $file cannot be written to, so the container's log takes the lines" >&2
              PASS
            fi ;;
        esac
        """.replace("PASS", passOn).replace("AUTO_FILE", ShText.quote(auto)).replace("SERVICE", service);
  }

  /**
   * Shell lines for when {@code $file} is there and is no ordinary file, such as the link to /dev/stdout that images have in
   * the place of a log: it takes the lines itself.
   *
   * @param passOn as above
   */
  static String passOnToSpecialFile(String service, String passOn) {
    return """
        if [ "$file" -ef /proc/self/fd/1 ]; then
          PASS
        elif [ "$file" -ef /proc/self/fd/2 ]; then
          PASS >&2
        elif [ -e "$file" ] && [ ! -f "$file" ] && [ ! -d "$file" ]; then
          if ( : 1<>"$file" ) 2>/dev/null; then
            PASS 1<>"$file"
          fi
          echo "SERVICE: $file cannot be written to, so the container's log takes the lines" >&2
          PASS
        fi
        """.replace("PASS", passOn).replace("SERVICE", service);
  }
}
