package dev.leat.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The commands of users, for the {@code leat} command to take in. */
public final class UserCommands {

    private UserCommands() {}

    /**
     * Adds them to a command line; what operators say to one plugin goes below its command {@code plugin}, should it have one.
     *
     * @return the same command line
     */
    public static CommandLine addTo(CommandLine leat) {
        List.of(new SubmitCommand(), new StatusCommand(), new WatchCommand(), new ListCommand(), new ResultCommand(),
                new CancelCommand(), new RetryCommand(), new BatchCommand(), new TopCommand(), new TypesCommand(),
                new StatsCommand(), new PluginsCommand(), new WorkersCommand(), new SchedulesCommand(),
                new DeadLettersCommand(), new CompletionCommand()).forEach(leat::addSubcommand);
        Optional.ofNullable(leat.getSubcommands().get("plugin")).ifPresent(UserCommands::addToPlugin);
        leat.getSubcommands().values().forEach(UserCommands::addHelp);
        leat.getCommandSpec().usageMessage().exitCodeListHeading("%nExit codes of the commands of users:%n");
        leat.getCommandSpec().usageMessage().exitCodeList(exitCodes());
        // An argument @FILE is for the command that takes it.
        return leat.setExpandAtFiles(false);
    }

    private static void addToPlugin(CommandLine plugin) {
        plugin.addSubcommand(new PluginControlCommand.Pause());
        plugin.addSubcommand(new PluginControlCommand.Resume());
        plugin.addSubcommand(new PluginControlCommand.Limits());
    }

    /** To those that have none, and all below them. */
    private static void addHelp(CommandLine command) {
        if (!command.getCommandSpec().optionsMap().containsKey("--help")) {
            command.getCommandSpec().addOption(OptionSpec.builder("-h", "--help").usageHelp(true)
                    .description("Show this help.").build());
        }
        command.getSubcommands().values().forEach(UserCommands::addHelp);
    }

    private static Map<String, String> exitCodes() {
        Map<String, String> codes = new LinkedHashMap<>();
        Arrays.stream(Exit.values()).forEach(exit -> codes.put(String.valueOf(exit.code()), exit.meaning()));
        return codes;
    }
}
