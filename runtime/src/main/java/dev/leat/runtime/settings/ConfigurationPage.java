package dev.leat.runtime.settings;

import java.util.List;
import java.util.stream.Collectors;

/** Writes the reference of all options as Markdown; {@code docs/configuration.md} is this text, and a test holds it to it. */
public final class ConfigurationPage {
    private static final String INTRODUCTION = """
            # Configuration

            Generated from the options that the services declare; do not edit.

            An option is set, each way stronger than the one before it, in a properties file (`--config FILE`), by an
            environment variable (`LEAT_WORKER_SLOTS` for `leat.worker.slots`), or on the command line. A name that does
            not exist and a value out of range stop the start with a message that lists everything that is wrong. All
            options are read at the start: a change needs a restart.

            Durations are written as `500ms`, `10s`, `5m`, `2h`, `7d` or ISO 8601 (`PT10S`); sizes as `512B`, `64kB`,
            `1MB`, `2GB` with 1 kB = 1024 B; lists with commas.
            """;

    private ConfigurationPage() {}

    public static String of(OptionCatalog catalog) {
        return INTRODUCTION + catalog.groups().stream().map(ConfigurationPage::section).collect(Collectors.joining());
    }

    private static String section(OptionCatalog.Group group) {
        StringBuilder page = new StringBuilder("\n## " + group.title() + "\n\n");
        if (!group.options().isEmpty()) {
            page.append(row(List.of("option", "meaning", "type", "default", "range")))
                    .append("|---|---|---|---|---|\n");
            group.options().forEach(option -> page.append(row(cells(option))));
        }
        group.prefixes().forEach(prefix -> page.append(paragraph(prefix)));
        return page.toString();
    }

    private static List<String> cells(Option<?> option) {
        String type = option.unit().isEmpty() ? option.typeName() : option.typeName() + " (" + option.unit() + ")";
        return List.of("`" + option.key() + "`", option.meaning() + (option.secret() ? " Never shown." : ""), type,
                defaultCell(option), option.range());
    }

    private static String defaultCell(Option<?> option) {
        if (!option.defaultIsValue()) {
            return option.defaultText();
        }
        return option.defaultText().isEmpty() ? "none" : "`" + option.defaultText() + "`";
    }

    private static String row(List<String> cells) {
        return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String paragraph(PrefixOption prefix) {
        String refused = prefix.refused().isEmpty()
                ? ""
                : " Not allowed, as Leat sets them itself: " + prefix.refused()
                        .keySet()
                        .stream()
                        .sorted()
                        .map(name -> "`" + name + "`")
                        .collect(Collectors.joining(", ")) + ".";
        return "\n`" + prefix.prefix() + "*`: " + prefix.meaning() + " Never shown." + refused + "\n";
    }
}
