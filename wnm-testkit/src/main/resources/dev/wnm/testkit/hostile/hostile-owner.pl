# Puts other things into the place of what is in a node's folder, and back, as fast as it can, until it is told to end; then
# prints how often. Run as the account that owns the folder:  perl - FOLDER PRECIOUS_FILE PRECIOUS_FOLDER
use strict;
use warnings;
use POSIX qw(mkfifo);

my ($folder, $file, $elsewhere) = @ARGV;
my @names = qw(logs antnode antnode.staged antnode.previous secret-key record_store wnm-node.json logs/console.log
  logs/critical_failure.log record_store/deep record_store/deep/deeper .antnode.wnm-new .antnode.staged.wnm-new
  .wnm-doomed-0 antnode0001.down .new);
my $ends = 0;
my $swaps = 0;
$SIG{TERM} = sub { $ends = 1 };
srand(1);
mkdir "$folder/record_store";
mkdir "$folder/record_store/deep";
mkdir "$folder/record_store/deep/deeper";
until ($ends) {
  my $name = "$folder/" . $names[rand() < 0.3 ? 0 : int(rand(@names))];
  my $aside = "$folder/.aside";
  rename($name, $aside);
  my $how = int(rand(8));
  my $made =
      $how == 0 ? symlink($file, $name)
    : $how == 1 ? symlink($elsewhere, $name)
    : $how == 2 ? symlink("$elsewhere/made", $name)
    : $how == 3 ? link($file, $name)
    : $how == 4 ? mkfifo($name, 0666)
    : $how == 5 ? symlink("..", $name)
    : $how == 6 ? mkdir($name)
    : symlink("$elsewhere/inside", $name);
  $swaps++ if $made;
  select(undef, undef, undef, rand(0.002)) if rand() < 0.5;
  unlink($name) or rmdir($name);
  rename($aside, $name);
}
print "$swaps\n";
