package dev.leat.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import dev.leat.cli.http.ApiClient;

/** A command that asks a server and shows its answer. What goes wrong is told in a sentence. */
abstract class ApiCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOptions options = new ServerOptions();

    @Override
    public final Integer call() throws InterruptedException {
        try (Console console = Console.of(spec.commandLine(), options.json(), System.getenv());
                ApiClient api = new ApiClient(options.server())) {
            try {
                return run(api, console).code();
            } catch (CommandFailedException failure) {
                console.failure(failure);
                return failure.exit().code();
            }
        }
    }

    /**
     * Does what the command is for.
     *
     * @throws CommandFailedException if it cannot be done
     */
    abstract Exit run(ApiClient api, Console console) throws InterruptedException;

    /** The command line is wrong in a way that only the command knows. */
    final ParameterException misused(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
