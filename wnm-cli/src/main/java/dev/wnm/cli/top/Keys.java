package dev.wnm.cli.top;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What each key does: a model and a key give another model. */
final class Keys {
  /** Each key and what it does, for {@code ?}. */
  static final List<List<String>> HELP = List.of(
      List.of("n  t  l  d", "Now, Time line, Nodes (the list), Decisions; also after g, as on the page"),
      List.of("j  k", "a node or a line down, up; so do the arrows, Page Up and Down, Home and End"),
      List.of("/", "filter nodes, in the words of --filter, such as status=DEAD or peers<5; nothing shows all again"),
      List.of("<  >  r", "sort nodes by the column to the left or right of the one that does; the other way round"),
      List.of("Enter", "all of the node under the cursor"),
      List.of("Space  a", "mark a node, or all that are listed"),
      List.of(".", "the command line for the marked nodes, to copy"),
      List.of("Esc", "back; then no marks; then no filter"),
      List.of("%", "how long showing this takes, and no longer"),
      List.of("Ctrl-Z", "leave the screen for the shell; fg comes back"),
      List.of("q  Ctrl-C", "quit"));

  private static final int MOST_TYPED = 500;
  private static final int ALL = 1_000_000;

  private Keys() {}

  /** @param page how many lines the screen has for what is moved through, 1 or more */
  static Model press(Model model, Key key, int page) {
    return switch (model.input().kind()) {
      case FILTER -> type(model, key);
      case GO -> key.name() == Key.Name.CHARACTER ? go(model.typing(Model.Input.NONE), key.character()) : model.typing(Model.Input.NONE);
      case NONE -> switch (key.name()) {
        case CHARACTER -> character(model, key.character());
        case ENTER -> open(model);
        case ESCAPE, BACKSPACE -> back(model);
        case UP -> model.moved(-1);
        case DOWN -> model.moved(1);
        case PAGE_UP -> model.moved(-page);
        case PAGE_DOWN -> model.moved(page);
        case HOME -> model.moved(-ALL);
        case END -> model.moved(ALL);
        case OTHER -> model;
      };
    };
  }

  private static Model character(Model model, int character) {
    return switch (character) {
      case 'q' -> model.over();
      case 'j' -> model.moved(1);
      case 'k' -> model.moved(-1);
      case 'g' -> model.typing(new Model.Input(Model.Input.Kind.GO, ""));
      case 'G' -> model.moved(ALL);
      case '/' -> model.typing(new Model.Input(Model.Input.Kind.FILTER, model.filter()));
      case '?' -> model.showing(View.KEYS);
      case '.' -> model.showing(View.COMMAND);
      case ' ' -> mark(model);
      case '<' -> sorted(model, -1);
      case '>' -> sorted(model, 1);
      case 'r' -> model.view() == View.NODES ? model.sorted(SortKey.of(model.sort()).reversed().text()) : model;
      case '%' -> model.timed(model.took().isPresent() ? Optional.empty() : Optional.of(Duration.ZERO)).saying("");
      case 'a' -> model.view() == View.NODES ? markAll(model) : model;
      default -> go(model, character);
    };
  }

  private static Model go(Model model, int letter) {
    return switch (letter) {
      case 'n' -> model.showing(View.NOW);
      case 'l' -> model.showing(View.NODES);
      case 'd' -> model.showing(View.DECISIONS);
      case 't' -> model.showing(View.TIME);
      case 'g' -> model.moved(-ALL);
      default -> model.saying("there is no such key; ? lists them");
    };
  }

  private static Model sorted(Model model, int steps) {
    return model.view() == View.NODES
        ? model.sorted(SortKey.of(model.sort()).moved(NodeTable.USUAL.names(model.sight().snapshot().map(Snapshot::lines).orElse(List.of())), steps).text())
        : model;
  }

  private static Model type(Model model, Key key) {
    String text = model.input().text();
    return switch (key.name()) {
      case CHARACTER -> typed(model, text.length() < MOST_TYPED ? text + Character.toString(key.character()) : text);
      case BACKSPACE -> typed(model, text.isEmpty() ? text : text.substring(0, text.offsetByCodePoints(text.length(), -1)));
      case ENTER -> model.filtering(text.strip());
      case ESCAPE -> model.typing(Model.Input.NONE);
      default -> model;
    };
  }

  private static Model typed(Model model, String text) {
    return model.typing(new Model.Input(Model.Input.Kind.FILTER, text));
  }

  private static Model open(Model model) {
    return model.view() == View.NOW ? model.showing(View.NODES)
        : model.view() == View.NODES && model.current().isPresent() ? model.showing(View.NODE) : model;
  }

  private static Model back(Model model) {
    return !model.view().isMain() ? model.showing(model.before())
        : !model.marked().isEmpty() ? model.marking(Set.of())
        : model.filter().isEmpty() ? model.saying("") : model.filtering("");
  }

  private static Model mark(Model model) {
    if (model.view() != View.NODES || model.current().isEmpty()) {
      return model;
    }
    Set<Integer> marked = new LinkedHashSet<>(model.marked());
    int id = model.current().get().node().id();
    if (!marked.remove(id)) {
      marked.add(id);
    }
    return model.moved(1).marking(marked);
  }

  private static Model markAll(Model model) {
    Set<Integer> marked = new LinkedHashSet<>(model.marked());
    model.rows().lines().forEach(line -> marked.add(line.node().id()));
    return model.marking(marked);
  }
}
