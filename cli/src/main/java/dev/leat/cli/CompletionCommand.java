package dev.leat.cli;

import java.util.concurrent.Callable;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes what a shell needs to complete commands and options. */
@Command(name = "completion", description = {"Writes completions for a shell:",
        "  bash: source <(leat completion bash)",
        "  zsh:  source <(leat completion zsh)", "To have them always, put that line into ~/.bashrc or ~/.zshrc."})
final class CompletionCommand implements Callable<Integer> {

    /** Which shell. */
    enum Shell {
        bash, zsh
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    private Shell shell = Shell.bash;

    @Override
    public Integer call() {
        CommandLine root = spec.root().commandLine();
        if (shell == Shell.zsh) {
            spec.commandLine().getOut()
                    .println("autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit");
        }
        spec.commandLine().getOut().println(AutoComplete.bash(root.getCommandName(), root));
        spec.commandLine().getOut().flush();
        return Exit.OK.code();
    }
}
