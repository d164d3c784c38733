#!/bin/sh
# Runs a program with / as it is, but for a /command of its own, as s6-overlay has it, and an empty /run. Nothing outside
# this mount namespace changes.
# $1 an empty folder; $2 a folder with a file for each variable of the container; further words: the program
set -eu
root=$1
variables=$2
shift 2
mount --make-rprivate /
mount -t tmpfs -o mode=755 none "$root"
for entry in /*; do
  name=${entry#/}
  case $name in
    run | command | proc) continue ;;
  esac
  if [ -L "$entry" ]; then
    cp -P "$entry" "$root/"
  elif [ -d "$entry" ]; then
    mkdir "$root/$name"
    mount --rbind "$entry" "$root/$name"
  fi
done
mkdir "$root/run" "$root/command" "$root/proc"
# Where s6-overlay has its services: the last word is the folder of s6-svscan.
for scan; do :; done
ln -s "$scan" "$root/run/service"
mkdir "$root/run/s6"
ln -s "$variables" "$root/run/s6/container_environment"
mount --rbind /proc "$root/proc"
for program in /usr/bin/s6-* /usr/bin/execlineb /usr/lib/execline/bin/*; do
  ln -sf "$program" "$root/command/"
done
cat >"$root/command/with-contenv" <<END
#!/bin/sh
exec /command/emptyenv -p /command/s6-envdir -Lf -- "$variables" "\$@"
END
chmod 755 "$root/command/with-contenv"
exec chroot "$root" /usr/bin/env -i PATH=/command:/usr/bin:/bin:/usr/sbin:/sbin "$@"
