#!/bin/sh
# Turns this process, which has a mount and a host-name space of its own, into what a container runtime makes of the pod:
# a root of nothing but the system's programs, the JVM, the jar and the pod's files, all read-only; /tmp in memory; a user
# without a name, without capabilities, who can get none.
#
#   container.sh ROOT FILES JAVA_HOME JAR TARGET UID:GID -- COMMAND...
#
# ROOT    an empty directory, to mount on
# FILES   etc/... of the pod, and its name in etc/hostname
# TARGET  where the image has the jar
set -eu
root=$1 files=$2 java_home=$3 jar=$4 target=$5 user=${6%:*} group=${6#*:}
shift 7

mount -t tmpfs -o mode=0755 root "$root"

# In the root, read-only, under the path that it has outside.
show() {
  if [ -d "$1" ]; then mkdir -p "$root$2"; else mkdir -p "$(dirname "$root$2")" && : >"$root$2"; fi
  mount --bind "$1" "$root$2"
  mount -o remount,bind,ro "$root$2"
}

show /usr /usr
for directory in bin sbin lib lib32 lib64; do
  if [ -L /$directory ]; then
    cp -P /$directory "$root/$directory"
  elif [ -d /$directory ]; then
    show /$directory /$directory
  fi
done
mkdir "$root/etc" "$root/proc" "$root/tmp"
# Where Debian's JDK has its configuration, and the certificates that it trusts.
for path in /etc/ld.so.cache /etc/java* /etc/ssl; do
  if [ -e "$path" ]; then cp -a "$path" "$root/etc/"; fi
done
cp -R "$files/etc/." "$root/etc/"
chown -R "0:$group" "$root/etc/parley"
case $java_home in
  /usr/*) ;;
  *) show "$java_home" "$java_home" ;;
esac
show "$jar" "$target"
for device in null zero random urandom; do
  show /dev/$device /dev/$device
done
mount --bind /proc "$root/proc"
mount -t tmpfs -o mode=0777,size=256m tmp "$root/tmp"
mount -o remount,ro "$root"

hostname "$(cat "$files/etc/hostname")"
cd "$root"
exec chroot . setpriv --reuid "$user" --regid "$group" --clear-groups --bounding-set=-all --inh-caps=-all \
  --no-new-privs --pdeathsig KILL "$@"
