package dev.leat.plugins.exec;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of an allow-list, as {@code docs/exec.md} describes it. It is read strictly: an unknown or repeated
 * key, a value out of its range and a program that is not there all make it unusable, with a message that names the
 * entry.
 */
final class AllowListFile {

    private static final JsonMapper MAPPER = JsonMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL)).build();

    private AllowListFile() {}

    private record Root(@Nullable String stagingDirectory, @Nullable Map<String, Entry> commands) {}

    private record Entry(@Nullable List<String> run, @Nullable Arguments arguments,
            @Nullable Map<String, String> environment, @Nullable Set<String> jobEnvironment, @Nullable String timeout,
            @Nullable Integer outputBytes, @Nullable Integer inputBytes, @Nullable Integer resultFileBytes,
            @Nullable Set<Integer> successExitCodes, ExitCodes.@Nullable Other otherExitCodes) {}

    private record Arguments(@Nullable Integer max, @Nullable String pattern) {}

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static AllowList read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "Expected a readable list of commands in %s, but: %s".formatted(file, e), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("%s (in %s)".formatted(e.getMessage(), file), e);
        }
    }

    /**
     * Reads a text.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static AllowList parse(String json) {
        try {
            Root root = MAPPER.readValue(json, Root.class);
            Map<String, Entry> commands = Objects.requireNonNullElse(root.commands(), Map.of());
            return new AllowList(
                    commands.entrySet().stream().map(entry -> command(entry.getKey(), entry.getValue())).toList(),
                    Optional.ofNullable(root.stagingDirectory()).map(AllowListFile::absolute));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "Expected a list of commands in JSON, but: " + e.getOriginalMessage() + " at " + e.getLocation(),
                    e);
        }
    }

    private static AllowedCommand command(String name, Entry entry) {
        try {
            if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,59}")) {
                throw new IllegalArgumentException(
                        "Expected a name of up to 60 letters, digits, dots, underscores and dashes");
            }
            return new AllowedCommand(name, program(entry.run()), arguments(entry.arguments()),
                    Objects.requireNonNullElse(entry.environment(), Map.of()),
                    Objects.requireNonNullElse(entry.jobEnvironment(), Set.of()), limits(entry), exitCodes(entry));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException("Expected command '%s' to be usable, but: %s".formatted(name,
                    e.getMessage()), e);
        }
    }

    private static List<String> program(@Nullable List<String> run) {
        if (run == null || run.isEmpty()) {
            throw new IllegalArgumentException("Expected 'run' to be a program and its first arguments");
        }
        Path executable = absolute(run.getFirst());
        if (!Files.isRegularFile(executable) || !Files.isExecutable(executable)) {
            throw new IllegalArgumentException("Expected a program that can be run, but %s is none"
                    .formatted(executable));
        }
        return run;
    }

    private static Path absolute(String path) {
        if (!Path.of(path).isAbsolute()) {
            throw new IllegalArgumentException("Expected an absolute path, but got '%s'".formatted(path));
        }
        return Path.of(path);
    }

    private static ArgumentRule arguments(@Nullable Arguments arguments) {
        if (arguments == null) {
            return ArgumentRule.NONE;
        }
        if (arguments.max() == null || arguments.pattern() == null) {
            throw new IllegalArgumentException("Expected 'arguments' to have both 'max' and 'pattern'");
        }
        return new ArgumentRule(arguments.max(), Pattern.compile(arguments.pattern()));
    }

    private static CommandLimits limits(Entry entry) {
        CommandLimits usual = CommandLimits.DEFAULT;
        return new CommandLimits(entry.timeout() == null ? usual.timeout() : Duration.parse(entry.timeout()),
                Objects.requireNonNullElse(entry.outputBytes(), usual.outputBytes()),
                Objects.requireNonNullElse(entry.inputBytes(), usual.inputBytes()),
                Objects.requireNonNullElse(entry.resultFileBytes(), usual.resultFileBytes()));
    }

    private static ExitCodes exitCodes(Entry entry) {
        return new ExitCodes(Objects.requireNonNullElse(entry.successExitCodes(), ExitCodes.DEFAULT.success()),
                Objects.requireNonNullElse(entry.otherExitCodes(), ExitCodes.DEFAULT.others()));
    }
}
