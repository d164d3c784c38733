package dev.wnm.managers.s6overlay.validation;

import dev.wnm.managers.s6overlay.validation.Source.Type;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks at trees of services, and into the images that they are for. Thread-safe when its runner is. */
public final class Validation {
  private static final String RULES = "the rules of s6-rc-compile";

  private final CommandRunner runner;
  private final Set<String> imagesOwn;

  /** @param imagesOwn services of the image that wnm makes, whose names others cannot have */
  public Validation(CommandRunner runner, Set<String> imagesOwn) {
    this.runner = runner;
    this.imagesOwn = Set.copyOf(imagesOwn);
  }

  /**
   * Whether a tree can be put into an image and be compiled there; reads nothing, and runs nothing.
   *
   * @param imagesOwn services that the image has, whose names others cannot have
   * @return what is wrong with it, in the order of the files
   */
  public static List<Finding> ofForm(ServiceTree tree, Set<String> imagesOwn) {
    Set<String> ofOthers = new LinkedHashSet<>(ServiceNames.OF_OVERLAY);
    ofOthers.addAll(imagesOwn);
    return ofForm(tree, imagesOwn, ofOthers);
  }

  private static List<Finding> ofForm(ServiceTree tree, Set<String> imagesOwn, Set<String> ofOthers) {
    List<Finding> findings = new ArrayList<>(FormRules.check(tree, imagesOwn));
    findings.addAll(SourceRules.check(tree, ofOthers));
    return findings.stream().distinct().sorted(Comparator.comparing(Finding::file)).toList();
  }

  /**
   * Looks at all that can be seen of a tree; takes as long as one container of the image needs to start, two minutes at most.
   *
   * @param image to look into; when none is named, what it would have told is listed
   * @throws dev.wnm.spi.config.BadInputException when there is no tree, or no such image, in one sentence
   */
  public Verdict look(Path folder, Optional<String> image) {
    ServiceTree tree = ServiceTree.read("--validate", folder);
    Uses uses = Uses.of(tree);
    Set<String> ofOthers = new LinkedHashSet<>(ServiceNames.OF_OVERLAY);
    ofOthers.addAll(imagesOwn);
    Set<String> own = new LinkedHashSet<>(imagesOwn);
    List<String> judges = new ArrayList<>(List.of(RULES));
    List<Finding> findings = new ArrayList<>();
    List<String> notLookedAt = new ArrayList<>();
    List<String> refusal = new ArrayList<>();
    if (image.isPresent()) {
      ImageLook.Facts facts = new ImageLook(runner).look(image.get(), tree, uses.all());
      ofOthers.addAll(facts.services());
      // Another image does not have the services of wnm's.
      own.retainAll(facts.services());
      facts.lacking().forEach(use -> findings.add(lacks(tree, image.get(), use)));
      if (facts.isCompiled()) {
        judges.add("s6-rc-compile of " + image.get());
        refusal.addAll(facts.refusal());
      }
    } else {
      uses.all().stream().map(Use::words).distinct().sorted().forEach(notLookedAt::add);
    }
    findings.addAll(ofForm(tree, own, ofOthers));
    List<String> here = compiledHere(tree, ofOthers, judges);
    (refusal.isEmpty() ? here : refusal).stream().limit(1).filter(line -> SourceRules.check(tree, ofOthers).isEmpty())
        .forEach(line -> findings.add(new Finding("s6-rc.d", "s6-rc-compile refuses it: " + line, "mend what it names")));
    uses.claims().forEach((what, services) -> {
      if (services.size() > 1) {
        findings.add(new Finding("s6-rc.d/" + services.iterator().next(), String.join(" and ", services) + " both claim " + what,
            "give each its own"));
      }
    });
    Collection<Source> sources = SourceRules.sources(tree);
    long bundles = sources.stream().filter(source -> source.is(Type.BUNDLE)).count();
    return new Verdict((int) (sources.size() - bundles), (int) bundles,
        findings.stream().distinct().sorted(Comparator.comparing(Finding::file)).toList(), notLookedAt, judges);
  }

  private static Finding lacks(ServiceTree tree, String image, Use use) {
    boolean isBrought = use.names().stream().anyMatch(tree::bringsToRoot);
    return new Finding(use.file(), image + " has no " + use.words(),
        isBrought ? "copy the tree's usr to the image's root" : use.kind().remedy());
  }

  /** That a machine has no s6-rc is usual; that it cannot be asked is no fault of the tree. */
  private List<String> compiledHere(ServiceTree tree, Set<String> ofOthers, List<String> judges) {
    Optional<Path> program = runner.find("s6-rc-compile");
    if (program.isEmpty()) {
      return List.of();
    }
    try {
      List<String> refusal = new S6RcCompile(runner, program.get()).refusal(tree, ofOthers);
      judges.add(program.get().toString());
      return refusal;
    } catch (CommandFailedException e) {
      return List.of();
    }
  }
}
