package dev.wnm.managers.s6overlay.validation;

import dev.wnm.managers.s6overlay.validation.ServiceTree.Entry;
import dev.wnm.managers.s6overlay.validation.Source.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a tree must be like to be copied into an image and to start there, beyond what s6-rc-compile asks. */
final class FormRules {
  /** Scripts that what looks after a service runs by themselves, below {@code data}. */
  private static final List<String> RUN_BY_OTHERS = List.of("check", "health", "before-stop", "reload");
  private static final int FIRST_FREE_DESCRIPTOR = 3;

  private FormRules() {}

  /** @param imagesOwn services of the image, whose names others cannot have */
  static List<Finding> check(ServiceTree tree, Set<String> imagesOwn) {
    List<Finding> findings = new ArrayList<>();
    for (Entry entry : tree.entries()) {
      if (!entry.trouble().isEmpty()) {
        findings.add(new Finding(entry.path(), entry.trouble(), "a tree holds folders and text files that this user may read"));
      }
    }
    tree.find(ServiceTree.PACKAGES).filter(entry -> !entry.trouble().isEmpty() || entry.kind() != ServiceTree.Kind.FILE)
        .ifPresent(entry -> findings.add(new Finding(entry.path(), "is no file that can be read as text", "list one package a line")));
    tree.packages().stream().filter(name -> !name.matches("[a-z0-9][a-z0-9.+-]{1,100}")).forEach(name -> findings.add(
        new Finding(ServiceTree.PACKAGES, "lists '" + name + "', which is no name of a Debian package", "list one package a line")));
    for (Source source : SourceRules.sources(tree)) {
      name(source, imagesOwn, findings);
      if (source.is(Type.LONGRUN)) {
        longrun(tree, source, findings);
      }
    }
    return findings;
  }

  private static void name(Source source, Set<String> imagesOwn, List<Finding> findings) {
    if (imagesOwn.contains(source.name())) {
      findings.add(new Finding(source.path(), "has the name of one of the image's own services", "give it another name"));
    } else if (ServiceNames.OF_OVERLAY.contains(source.name())) {
      findings.add(new Finding(source.path(), "has the name of one of s6-overlay's own services", "give it another name"));
    } else if (!ServiceNames.isPlain(source.name())) {
      findings.add(new Finding(source.path(), "has a name that programs in the container would not take as it is",
          "use letters, digits and _ . @ + -, and begin with none of the last four"));
    }
  }

  private static void longrun(ServiceTree tree, Source source, List<Finding> findings) {
    Stream.of("run", "finish").map(name -> source.path() + "/" + name).forEach(file -> tree.text(file).ifPresent(text -> {
      String first = text.lines().findFirst().orElse("");
      if (!first.startsWith("#!")) {
        findings.add(new Finding(file, "does not begin with #! and a program, so nothing can start it",
            "write #!/command/with-contenv sh, or what it is for, into its first line"));
      } else if (text.startsWith(first + "\r")) {
        findings.add(new Finding(file, "its lines end with a carriage return, which becomes part of the program's name",
            "end them as Linux does"));
      }
    }));
    Stream.concat(RUN_BY_OTHERS.stream().map(name -> source.path() + "/data/" + name),
        tree.names(source.path() + "/data/needs").stream().filter(name -> !name.contains("."))
            .map(name -> source.path() + "/data/needs/" + name))
        .filter(file -> tree.find(file).filter(entry -> !entry.isExecutable()).isPresent())
        .forEach(file -> findings.add(new Finding(file, "may not be executed", "chmod 755")));
    String descriptor = source.path() + "/notification-fd";
    tree.text(descriptor).map(String::strip).filter(text -> text.matches("[0-9]{1,9}"))
        .filter(text -> Integer.parseInt(text) < FIRST_FREE_DESCRIPTOR)
        .ifPresent(text -> findings.add(new Finding(descriptor, "is " + text + ", where the service's input or output is",
            "take 3 or above")));
  }
}
