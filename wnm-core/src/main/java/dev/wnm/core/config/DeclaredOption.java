package dev.wnm.core.config;

import dev.wnm.spi.manager.ManagerOption;
import dev.wnm.spi.manager.OptionValues;
import java.util.EnumSet;
import java.util.Optional;

/**
 * An option that a back end declares, and what core makes of it: an option like its own, whose value may be none.
 *
 * @param declared what the back end says of it
 * @param option what operators give a value
 */
record DeclaredOption<T>(ManagerOption<T> declared, Option<Optional<T>> option) {
  static <T> DeclaredOption<T> of(ManagerOption<T> declared) {
    OptionDraft<Optional<T>> draft = new OptionDraft<>(declared.name(), ValueType.declared(declared));
    if (!PythonNames.has(declared.name())) {
      draft.ours();
    }
    if (declared.isClearable()) {
      draft.clearable();
    }
    if (!declared.defaultText().isEmpty()) {
      draft.initially(declared.defaultText(), defaults -> ValueType.read(declared, declared.defaultText(), defaults.platform()));
    } else if (!declared.isPath()) {
      draft.initially("", defaults -> Optional.empty());
    }
    if (declared.isForThisRun()) {
      draft.scope(Scope.RUN).heededBy(RunMode.thatUseSettings(), RunMode.reports(), RunMode.statusAnswers(), EnumSet.of(RunMode.LIST_MANAGERS));
    } else if (declared.isDecidingAvailability()) {
      draft.mustFit(Fitness.MANAGER).heededBy(RunMode.thatUseSettings(), EnumSet.of(RunMode.LIST_MANAGERS));
    }
    return new DeclaredOption<>(declared, draft.help(declared.help()));
  }

  /** These values and the one that settings give this option, if they give it one. */
  OptionValues handOver(Settings settings, OptionValues values) {
    return settings.find(option).flatMap(value -> value).map(value -> values.with(declared, value)).orElse(values);
  }
}
