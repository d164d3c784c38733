package dev.wnm.core.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.config.ShellWords;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every mistake is refused with one sentence that names what was given and what is allowed. */
class BadInputTest {
  @TempDir
  private Path home;
  private Machine machine;

  @BeforeEach
  void aFreshMachine() {
    machine = new Machine(home);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      --nodecap 5                       | unknown option --nodecap; did you mean --node_cap?
      --node-cup=5                      | unknown option --node-cup; did you mean --node_cap?
      --Node_Cap 5                      | unknown option --Node_Cap; did you mean --node_cap?
      --dry_rum                         | unknown option --dry_rum; did you mean --dry_run?
      --frobnicate                      | unknown option --frobnicate; wnm --help lists all options
      --=5                              | unknown option --; wnm --help lists all options
      -x                                | unknown option -x; wnm --help lists all options
      -vx                               | unknown option -vx; wnm --help lists all options
      -dry_run                          | unknown option -dry_run; did you mean --dry_run?
      -version                          | unknown option -version; did you mean --version?
      --cpu 5                           | --cpu could be --cpu_less_than, --cpu_remove; write the whole name
      --hdio-read=1 | --hdio-read could be --hdio_read_less_than, --hdio_read_remove; write the whole name
      add                               | the word 'add' belongs to no option
      --no_upnp false | the word 'false' belongs to no option (a flag takes its value after =, as in --no_upnp=false)
      --node_cap 5 6                    | the word '6' belongs to no option
      --                                | the word '--' belongs to no option
      -                                 | the word '-' belongs to no option
      ''                                | the word '' belongs to no option
      --node_cap                        | --node_cap needs a value: a whole number from 0 to 64000
      --node_cap --dry_run | --node_cap needs a value: a whole number from 0 to 64000 (if '--dry_run' is its value, write
      --start_args --log-format | --start_args needs a value: words as for a shell (if '--log-format' is its value, write
      --start_args '--ip 1.2.3.4' | --start_args needs a value: words as for a shell (if '--ip 1.2.3.4' is its value, write --start_args="--ip 1.2.3.4")
      -c                                | --config needs a value: a path
      --force_action ''                 | --force_action needs a value: one of add, remove
      --service_name=                   | --service_name needs a value: service names separated by commas
      --service_name , | --service_name must be service names separated by commas, but the command line says ','
      --report=                         | --report needs a value: one of status, node-status
      --dry_run=                        | --dry_run needs a value: true, yes
      --dry_run=maybe | --dry_run must be true, yes, on, 1, false, no, off or 0, but the command line says 'maybe'
      --node_cap 6 --node_cap=7         | --node_cap is given twice, as '6' and as '7'; say it once
      --node_cap 6 --node-cap 6         | --node_cap is given twice, as '6' and as '6'; say it once
      -c /a --config=/b                 | --config is given twice, as '/a' and as '/b'; say it once
      --force_action stop --count 1 --force-action remove | --force_action is given twice, as 'stop' and as 'remove'
      --dry_run --dry-run=off           | --dry_run is given twice, as 'true' and as 'off'; say it once
      --node_cap twenty | --node_cap must be a whole number from 0 to 64000, but the command line says 'twenty'
      --node_cap -1                     | but the command line says '-1'
      --node_cap -5                     | but the command line says '-5'
      --node_cap 5.5                    | but the command line says '5.5'
      --node_cap 1e3                    | but the command line says '1e3'
      --node_cap 1_000                  | but the command line says '1_000'
      --node_cap 0x10                   | but the command line says '0x10'
      --node_cap 64001                  | but the command line says '64001'
      --node_cap 4294967297             | but the command line says '4294967297'
      --node_cap 99999999999999999999   | but the command line says '99999999999999999999'
      --node_cap ' 5'                   | but the command line says ' 5'
      --node_cap None                   | but the command line says 'None'
      --cpu_less_than 101 | --cpu_less_than must be a whole number from 0 to 100 (%), but the command line says '101'
      --cpu_remove 101 | --cpu_remove must be a whole number from 1 to 100 (%), but the command line says '101'
      --mem_remove 75% | --mem_remove must be a whole number from 1 to 100 (%), but the command line says '75%'
      --hd_less_than -1 | --hd_less_than must be a whole number from 0 to 100 (%), but the command line says '-1'
      --delay_start -1 | --delay_start must be a whole number from 0 to 31536000 (s), but the command line says '-1'
      --delay_remove 5m | --delay_remove must be a whole number from 0 to 31536000 (s), but the command line says '5m'
      --delay_upgrade 99999999999       | --delay_upgrade must be a whole number from 0 to 31536000 (s)
      --survey_delay -1 | --survey_delay must be a whole number from 0 to 86400000 (ms), but the command line says '-1'
      --interval soon | --interval must be a whole number from 0 to 86400000 (ms), but the command line says 'soon'
      --watch 0                         | --watch must be a whole number from 1 to 86400 (s), but the command line says '0'
      --max_concurrent_starts 0 | --max_concurrent_starts must be a whole number from 1 to 64000, but the command line says
      --max_concurrent_operations -1    | --max_concurrent_operations must be a whole number from 1
      --count 0                         | --count must be a whole number from 1 to 64000, but the command line says '0'
      --hdio_read_remove -1 | --hdio_read_remove must be a whole number from 0 (bytes/s), but the command line says '-1'
      --netio_write_less_than 1M | --netio_write_less_than must be a whole number from 0 (bytes/s), but the command line says
      --crisis_bytes 9223372036854775808 | --crisis_bytes must be a whole number from 0 (bytes), but the command line says
      --max_load_average_allowed 0 | --max_load_average_allowed must be a number above 0, at most 100000, but the command
      --max_load_average_allowed NaN    | but the command line says 'NaN'
      --max_load_average_allowed 1e999  | but the command line says '1e999'
      --desired_load_average -2         | but the command line says '-2'
      --desired_load_average 2,5        | but the command line says '2,5'
      --desired_load_average 2f         | but the command line says '2f'
      --port_start 66 | --port_start must be thousands from 1 to 65, or a port ending in 000 or 001 such as 55000, but the
      --port_start 0                    | but the command line says '0'
      --port_start 55500                | but the command line says '55500'
      --metrics_port_start 70000        | but the command line says '70000'
      --rpc_port_start -30              | but the command line says '-30'
      --highest_node_id_used -1         | --highest_node_id_used must be a whole number from 0 to 64000
      --force_action explode | --force_action must be one of add, remove, upgrade, start, stop, disable, enable, renew, move, teardown
      --report state                    | --report must be one of status, node-status, node-status-details, influx-resources
      --report_format xml | --report_format must be one of text, json, csv, env, config, json-compat, influx-ntracking, influx-compat, but the command line says
      --loglevel LOUD | --loglevel must be one of DEBUG, INFO, WARNING, ERROR, CRITICAL, but the command line says 'LOUD'
      --rust_backtrace 2                | --rust_backtrace must be one of 0, 1, full, but the command line says '2'
      --process_manager 'rm -rf' | --process_manager must be a process manager such as setsid+user (--list_managers shows
      --process_manager Systemd+User    | but the command line says 'Systemd+User'
      --host 'a b'                      | --host must be a host name or an IP address, but the command line says 'a b'
      --host http://x/                  | --host must be a host name or an IP address, but the command line says 'http://x/'
      --environment RUST_LOG            | --environment must be NAME=value pairs separated by blanks ('RUST_LOG' is not one)
      --environment 'A=1 2B=3'          | --environment must be NAME=value pairs separated by blanks ('2B=3' is not one)
      --environment 'A="1'              | --environment must close the quote " that it opens
      --start_args "--a 'b"             | --start_args needs a value
      --start_args="--a 'b" | --start_args must close the quote ' that it opens, but the command line says '--a 'b'
      --start_args='a\\'                | --start_args must not end with a backslash
      --antctl_version newest | --antctl_version must be a version such as 0.4.17, but the command line says 'newest'
      --docker_image 'a b'              | --docker_image must be an image name without blanks
      --max_node_per_container 0        | --max_node_per_container must be a whole number from 1
      --config '$NOWHERE/x' | --config must be a path whose variables are set ($NOWHERE is not), but the command
      --node_storage '$NOWHERE/x' | --node_storage must be a path whose variables are set ($NOWHERE is not), but the command
      --node_storage /a,/a        | --node_storage must name each folder once, but the command line says '/a,/a'
      --node_storage /a,/a/b      | --node_storage must name folders beside each other (/a/b lies in /a), but the command line
      --node_storage '~bob/x' | --node_storage must be a path that begins with /, ~/ or a name (~NAME is not known here)
      --dbpath mysql://x/y              | --dbpath must be a path or sqlite:///PATH, but the command line says 'mysql://x/y'
      --dbpath sqlite:///               | --dbpath must be a path or sqlite:///PATH
      --dbpath sqlite://                | --dbpath must be a path or sqlite:///PATH
      -c /nonexistent/config            | the config file /nonexistent/config does not exist
      -c /tmp                           | the config file /tmp is a folder
      --cpu_less_than 70 | --cpu_less_than (70, the command line) must be below --cpu_remove (70, the built-in default)
      --mem_remove 60 | --mem_less_than (60, the built-in default) must be below --mem_remove (60, the command line)
      --hd_less_than 95 | --hd_less_than (95, the command line) must be below --hd_remove (90, the built-in default)
      --desired_load_average 4 | --desired_load_average (4.0, the command line) must be below --max_load_average_allowed
      --max_load_average_allowed 2 | --desired_load_average (2.4, the built-in default) must be below
      --hdio_read_less_than 9 --hdio_read_remove 8 | --hdio_read_less_than (9, the command line) must be below
      --netio_write_less_than 9 --netio_write_remove 9 | --netio_write_less_than (9, the command line) must be below
      --port_start 13 | port_start 13 with node ids up to 20 takes ports 13001-13020, and metrics_port_start 13 with node ids
      --rpc_port_start 55000 | and rpc_port_start 55 with node ids up to 20 takes ports 55001-55020; these must not overlap
      --port_start 31 --node_cap 1001 | and rpc_port_start 30 with node ids up to 1001 takes ports 30001-31001; these must
      --node_cap 10536 | port_start 55 with node ids up to 10536 takes ports 55001-65536; ports must be within 1024-65535
      --metrics_port_start 1 | metrics_port_start 1 with node ids up to 20 takes ports 1001-1020; ports must be within
      --init                            | --init needs --rewards_address: WALLET or WALLET:WEIGHT
      --rewards_address 0x12 | --rewards_address part '0x12' is not a wallet; give 0x and 40 hex digits, 'faucet' or 'donate'
      --rewards_address ,               | --rewards_address ',' names no wallet
      --rewards_address faucet:0 | --rewards_address part 'faucet:0' has the weight '0'; a weight is a whole number from 1
      --rewards_address bob:2           | --rewards_address part 'bob:2' is not a wallet
      --rewards_address 0x0000000000000000000000000000000000000000 | --rewards_address: wallet 0x0000000000000000000000000000000000000000 is the zero address, which nobody owns: what is sent there is lost (from the command line)
      --rewards_address faucet,0x0000000000000000000000000000000000000000:3 --confirm | is the zero address, which nobody owns
      --donate_address 0x0000000000000000000000000000000000000000 | --donate_address: wallet 0x0000000000000000000000000000000000000000 is the zero address
      --rewards_address 0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed | --rewards_address: wallet 0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed has a wrong EIP-55 checksum, so a digit may be mistyped; with these digits it would read 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed; if the address is right, add --confirm (from the command line)
      --donate_address 0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed | --donate_address: wallet 0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed has a wrong EIP-55 checksum
      --start_args='--log-format json --root-dir /' | --start_args must not hold '--root-dir', which wnm sets itself: use --node_storage (from the command line)
      --start_args=--port=5 | --start_args must not hold '--port=5', which wnm sets itself: use --port_start at --init
      --start_args='evm-arbitrum-one' | --start_args must not hold 'evm-arbitrum-one', which wnm sets itself: a node's network is
      --donate_address donate           | --donate_address must be 0x and 40 hex digits, but the command line says 'donate'
      """)
  void onTheCommandLine(String words, String sentence) {
    assertThatThrownBy(() -> machine.settings(ShellWords.split(words).toArray(String[]::new)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(sentence);
  }

  @ParameterizedTest(name = "{0}={1}")
  @CsvSource(delimiter = '|', textBlock = """
      NODE_CAP              | many  | but the environment variable NODE_CAP says 'many'
      WNM_NODE_CAP          | -1    | but the environment variable WNM_NODE_CAP says '-1'
      NO_UPNP | maybe | --no_upnp must be true, yes, on, 1, false, no, off or 0, but the environment variable NO_UPNP says
      LOGLEVEL              | LOUD  | but the environment variable LOGLEVEL says 'LOUD'
      DBPATH | db:x | --dbpath must be a path or sqlite:///PATH, but the environment variable DBPATH says 'db:x'
      WNM_HOST              | a b   | but the environment variable WNM_HOST says 'a b'
      MAX_CONCURRENT_STARTS | 0     | but the environment variable MAX_CONCURRENT_STARTS says '0'
      CPU_REMOVE            | 40    | must be below --cpu_remove (40, the environment variable CPU_REMOVE)
      """)
  void inTheEnvironment(String name, String value, String sentence) {
    machine.with(name, value);

    assertThatThrownBy(() -> machine.settings()).isInstanceOf(BadInputException.class).hasMessageContaining(sentence);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      node_cup = 5         | line 2: unknown option --node_cup; did you mean --node_cap?
      Node_Cap = 5         | line 2: unknown option --Node_Cap; did you mean --node_cap?
      cpu = 5              | line 2: --cpu could be --cpu_less_than, --cpu_remove; write the whole name
      = 5                  | line 2: '= 5' is not of the form key = value
      !                    | line 2: '!' is not of the form key = value
      "node_cap" = 5       | line 2: '"node_cap" = 5' is not of the form key = value
      node_cap             | line 2: --node_cap needs a value: a whole number from 0 to 64000
      node_cap # later     | line 2: --node_cap needs a value: a whole number from 0 to 64000
      node_cap = lots      | line 2 says 'lots'
      node_cap = None      | line 2 says 'None'
      node_cap = 5 6       | line 2 says '5 6'
      no_upnp = maybe      | line 2 says 'maybe'
      force_action = add   | line 2: --force_action asks for something once, so it is taken from the command line only
      confirm              | line 2: --confirm asks for something once, so it is taken from the command line only
      report = node-status | line 2: --report asks for something once
      config = other       | line 2: --config asks for something once
      count: 3             | line 2: --count asks for something once
      cpu_remove 40        | must be below --cpu_remove (40,
      """)
  void inAConfigFile(String line, String sentence) {
    machine.file("wnm/config", "# settings", line);

    assertThatThrownBy(() -> machine.settings()).isInstanceOf(BadInputException.class).hasMessageContaining(sentence)
        .hasMessageContaining("wnm/config line 2");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '|', textBlock = """
      NODE_CAP     | .env line 1: 'NODE_CAP' is not of the form KEY=value
      NODE_CAP=x   | --node_cap must be a whole number from 0 to 64000, but NODE_CAP in
      """)
  void inTheDotEnvFile(String line, String sentence) {
    machine.file(".local/share/wnm/.env", line);

    assertThatThrownBy(() -> machine.settings()).isInstanceOf(BadInputException.class).hasMessageContaining(sentence);
  }

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource(textBlock = """
      node_cap, -3
      cpu_remove, 700
      no_upnp, 2
      port_start, 0
      environment, A
      """)
  void inTheDatabase(String name, String value) {
    assertThatThrownBy(() -> machine.settingsOver(Map.of(name, value)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("--" + name)
        .hasMessageEndingWith("but the database says '" + value + "'");
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(textBlock = """
      process_manager, systemd+user
      port_start, 56
      metrics_port_start, 14
      rpc_port_start, 31
      """)
  void whatInitHasFixed(String name, String value) {
    assertThatThrownBy(() -> machine.settingsOver(Map.of(), "--" + name, value))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("--" + name + " is fixed at --init: it is")
        .hasMessageEndingWith("but the command line says " + value);
  }
}
