# A PostgreSQL server of Debian's binaries for as long as a script runs, without fsync: it says nothing about durability on disk.
# To be sourced; the script that does so calls stop_postgres when it ends.

# As root, PostgreSQL refuses to start. The current folder may be closed to the user who runs it instead.
as_postgres() {
  local user=postgres
  cd /
  ((EUID)) && { "$@"; return; }
  id -u postgres >/dev/null 2>&1 || user=nobody
  runuser -u "$user" -- "$@"
}

postgres_binaries() {
  local folder
  for folder in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV) "$(dirname "$(command -v initdb 2>/dev/null)")"; do
    [[ -x $folder/initdb && -x $folder/pg_ctl ]] && { printf '%s' "$folder"; return; }
  done
  return 1
}

# Reached by a socket in a folder that only its user may enter: no port to collide on, and none for others to try. Sets
# postgres_connection and postgres_version. Fails with 1 when PostgreSQL is not installed, and with 2 when it does not start.
start_postgres() { # start_postgres LOG
  local binaries
  binaries=$(postgres_binaries) || return 1
  postgres_folder=$(mktemp -d /tmp/realtime-postgres.XXXXXX)
  ((EUID)) || chown "$(id -u postgres 2>/dev/null || id -u nobody)" "$postgres_folder"
  (
    as_postgres "$binaries/initdb" --no-sync --username=postgres --auth=trust --encoding=UTF8 --locale=C "$postgres_folder/data" &&
      as_postgres tee -a "$postgres_folder/data/postgresql.conf" <<CONF &&
listen_addresses = ''
unix_socket_directories = '$postgres_folder'
max_connections = 300
fsync = off
synchronous_commit = off
full_page_writes = off
CONF
      as_postgres "$binaries/pg_ctl" start --wait --timeout=60 --pgdata="$postgres_folder/data" --log="$postgres_folder/log"
  ) </dev/null >"$1" 2>&1 || { cat "$1" "$postgres_folder/log" >&2; return 2; }
  postgres_stop=("$binaries/pg_ctl" stop --mode=immediate --pgdata="$postgres_folder/data")
  postgres_connection="Host=$postgres_folder;Username=postgres;Database=postgres"
  postgres_version=$("$binaries/postgres" --version)
}

stop_postgres() {
  [[ -n ${postgres_stop-} ]] && (as_postgres "${postgres_stop[@]}") </dev/null >/dev/null 2>&1
  [[ -n ${postgres_folder-} ]] && rm -rf "$postgres_folder"
}
