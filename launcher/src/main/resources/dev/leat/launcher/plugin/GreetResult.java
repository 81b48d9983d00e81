package {{package}};

import java.util.List;

import dev.leat.plugin.Description;

/** What a job gives. */
public record GreetResult(@Description("One greeting for each name.") List<String> greetings) {}
