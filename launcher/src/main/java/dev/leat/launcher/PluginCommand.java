package dev.leat.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import dev.leat.plugin.Identifier;

/** For the authors of plugins. */
@Command(name = "plugin", mixinStandardHelpOptions = true, versionProvider = Version.class, description = "Helps to write plugins, and pauses or limits those that run.", subcommands = PluginCommand.New.class)
final class PluginCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Expected what to do, such as 'new', but got nothing");
    }

    /** Writes a project that is complete. */
    @Command(name = "new", mixinStandardHelpOptions = true, versionProvider = Version.class, description = "Writes a Maven project with a plugin of one job type, a test and all that its build needs.")
    static final class New implements Callable<Integer> {

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "NAME", description = "The plugin's id: lower-case letters, digits and dashes, such as image-tools.")
        private String name = "";

        @Option(names = "--dir", paramLabel = "DIR", description = "The folder of the project; it must be empty or not there (default: NAME).")
        private Optional<Path> folder = Optional.empty();

        @Option(names = "--package", paramLabel = "PACKAGE", description = "The Java package (default: org.example.NAME, without dashes).")
        private Optional<String> javaPackage = Optional.empty();

        @Override
        public Integer call() throws IOException {
            PluginProject project = project();
            Path target = folder.orElse(Path.of(name));
            project.writeTo(target);
            CommandLine out = spec.commandLine();
            out.getOut().printf("""
                    Wrote the plugin %s to %s. Next:

                      cd %s && mvn package
                      leat up --plugins %s

                    README.md there says more.
                    """, name, target, target, target.resolve("target").resolve("plugins"));
            return ExitCode.OK;
        }

        private PluginProject project() {
            try {
                return new PluginProject(Identifier.require("a plugin id", name),
                        javaPackage.orElse(PluginProject.defaultPackage(name)));
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
            }
        }
    }
}
