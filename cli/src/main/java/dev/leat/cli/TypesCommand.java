package dev.leat.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import dev.leat.cli.http.ApiClient;
import dev.leat.cli.http.Query;
import dev.leat.cli.text.Table;
import dev.leat.cli.text.Text;

/** Shows what can be submitted. */
@Command(name = "types", description = "Lists the job types; with one, its params.")
final class TypesCommand extends ApiCommand {

    @Parameters(arity = "0..1", paramLabel = "TYPE", description = "Of which the params are shown.")
    private Optional<String> type = Optional.empty();

    @Override
    Exit run(ApiClient api, Console console) throws InterruptedException {
        JsonNode answer = api.get(type.map(name -> Query.of("job-types", name)).orElseGet(() -> Query.of("job-types")));
        if (console.json()) {
            console.json(answer);
        } else if (type.isPresent()) {
            one(answer, console);
        } else {
            Table table = new Table().column("TYPE").number("WORKERS").elastic("WHAT IT DOES");
            answer.path("jobTypes").forEach(each -> table.row(each.path("type").asText(),
                    each.path("workers").asText(), each.path("description").asText()));
            console.table(table, "No worker offers job types yet.");
        }
        return Exit.OK;
    }

    private static void one(JsonNode jobType, Console console) {
        console.line(console.style().bold(jobType.path("type").asText()) + "  "
                + Text.printable(jobType.path("description").asText()));
        Table table = new Table().column("PARAM").column("TYPE").column("DEFAULT").elastic("WHAT IT IS");
        JsonNode params = jobType.path("params");
        List<String> required = params.path("required").valueStream().map(JsonNode::asText).toList();
        params.path("properties").properties().forEach(param -> table.row(param.getKey(), type(param.getValue()),
                param.getValue().has("default")
                        ? param.getValue().path("default").toString()
                        : required.contains(param.getKey()) ? "(required)" : "",
                param.getValue().path("description").asText()));
        console.table(table, "It takes no params.");
        console.line("Submit one: leat submit " + jobType.path("type").asText() + required.stream()
                .map(name -> " " + name + "=…").collect(Collectors.joining()));
    }

    /** Such as {@code integer 1..60}, or the words that it may be. */
    private static String type(JsonNode schema) {
        List<JsonNode> parts = new ArrayList<>(List.of(schema));
        schema.path("anyOf").forEach(parts::add);
        for (JsonNode part : parts) {
            if (part.has("enum")) {
                return part.path("enum").valueStream().map(JsonNode::asText).collect(Collectors.joining("|"));
            }
        }
        String types = parts.stream()
                .map(part -> part.path("type"))
                .flatMap(type -> type.isTextual() ? List.of(type).stream() : type.valueStream())
                .map(JsonNode::asText)
                .filter(name -> !name.equals("null"))
                .collect(Collectors.joining("|"));
        return types + bounds(schema);
    }

    private static String bounds(JsonNode schema) {
        long low = schema.path("minimum").asLong(Long.MIN_VALUE);
        long high = schema.path("maximum").asLong(Long.MAX_VALUE);
        boolean telling = low > Integer.MIN_VALUE && high < Integer.MAX_VALUE;
        return telling ? " " + low + ".." + high : "";
    }
}
