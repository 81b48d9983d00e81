package dev.leat.plugins.exec;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Inputs of jobs, as short as tests like them. */
final class Inputs {

    private Inputs() {}

    static ExecInput of(String command, String... args) {
        return new ExecInput(command, List.of(args), Optional.empty(), Map.of(), Map.of(), List.of());
    }

    static ExecInput withStdin(ExecInput input, String stdin) {
        return new ExecInput(input.command(), input.args(), Optional.of(stdin), input.files(), input.env(),
                input.outputs());
    }

    static ExecInput withFiles(ExecInput input, Map<String, InputFile> files) {
        return new ExecInput(input.command(), input.args(), input.stdin(), files, input.env(), input.outputs());
    }

    static ExecInput withEnv(ExecInput input, Map<String, String> env) {
        return new ExecInput(input.command(), input.args(), input.stdin(), input.files(), env, input.outputs());
    }

    static ExecInput withOutputs(ExecInput input, String... outputs) {
        return new ExecInput(input.command(), input.args(), input.stdin(), input.files(), input.env(),
                List.of(outputs));
    }
}
