package dev.leat.plugins.exec;

import dev.leat.plugin.DefaultValue;
import dev.leat.plugin.Description;
import jakarta.validation.constraints.Size;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

@Description("A command that the operator of the workers has allowed, and what it works on. It runs in a new, empty directory that is removed afterwards.")
record ExecInput(
        @Description("Which command to run, by its name in the operator's list.") @Size(min = 1, max = 60) String command,
        @Description("The arguments, handed to the command as they are: no shell reads them. The operator's list says how many there may be, and of what form.") @DefaultValue("[]") @Size(max = 100) List<@Size(max = 4096) String> args,
        @Description("What the command reads from its standard input, in UTF-8; nothing if left out.") Optional<String> stdin,
        @Description("Files that the command finds in its directory, by their paths below it, such as 'in/data.csv'.") @DefaultValue("{}") @Size(max = 100) Map<String, InputFile> files,
        @Description("Environment variables, of those that the operator's list lets a job set for this command.") @DefaultValue("{}") @Size(max = 50) Map<String, @Size(max = 10_000) String> env,
        @Description("Paths of the files to give back in the result, as far as the command leaves them.") @DefaultValue("[]") @Size(max = 32) List<String> outputs) {

    /** @throws IllegalArgumentException if a path leads out of the directory, or through a file */
    ExecInput {
        List<StagedPath> paths = files.keySet().stream().map(StagedPath::of).toList();
        for (StagedPath path : paths) {
            paths.stream().filter(path::leadsTo).findFirst().ifPresent(below -> {
                throw new IllegalArgumentException(
                        "Expected '%s' to be a file, but '%s' makes it a folder".formatted(path, below));
            });
        }
        outputs.forEach(StagedPath::of);
    }

    /** How many bytes the command is given, in files and on its standard input. */
    long bytes() {
        long ofFiles = files.values().stream().mapToLong(file -> file.bytes().length).sum();
        return ofFiles + stdinBytes().length;
    }

    byte[] stdinBytes() {
        return stdin.orElse("").getBytes(StandardCharsets.UTF_8);
    }
}
