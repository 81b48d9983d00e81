package dev.leat.submit.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RetriableException;

import dev.leat.domain.limit.PluginSetting;
import dev.leat.domain.limit.PluginSettings;
import dev.leat.runtime.http.ProblemException;
import dev.leat.runtime.plugin.SettingsBoard;
import dev.leat.schemas.Codec;
import dev.leat.schemas.Topics;
import dev.leat.submit.ApiProblems;
import dev.leat.submit.submission.AcknowledgedSender;
import dev.leat.submit.submission.SendFailedException;

/**
 * Says what is to hold for plugins. Pause and limits are records of their own, so that two operators who change one of
 * each at the same time both get what they want. Thread-safe; callers block.
 */
public final class PluginControl {

    private final Topics topics;
    private final Codec<PluginSetting> codec;
    private final AcknowledgedSender sender;
    private final SettingsBoard board;
    private final InstantSource clock;

    public PluginControl(Topics topics, Codec<PluginSetting> codec, AcknowledgedSender sender, SettingsBoard board,
            InstantSource clock) {
        this.topics = topics;
        this.codec = codec;
        this.sender = sender;
        this.board = board;
        this.clock = clock;
    }

    /** What holds for the plugin, as far as it has been read. */
    public PluginSettings of(String plugin) {
        return board.of(plugin);
    }

    /**
     * Lets workers leave the plugin's jobs where they are, or take them again.
     *
     * @return what holds with it
     * @throws ProblemException where Kafka or the registry is away
     */
    public PluginSettings pause(String plugin, boolean paused) {
        return say(new PluginSetting.Pause(plugin, paused, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
    }

    /**
     * Limits the plugin's jobs, over all workers.
     *
     * @param maxRunning as {@link PluginSetting.Limits#maxRunning}
     * @param startsPerSecond as {@link PluginSetting.Limits#startsPerSecond}
     * @return what holds with it
     * @throws IllegalArgumentException where a limit is out of its range
     * @throws ProblemException where Kafka or the registry is away
     */
    public PluginSettings limit(String plugin, Optional<Integer> maxRunning, Optional<Double> startsPerSecond) {
        return say(new PluginSetting.Limits(plugin, maxRunning, startsPerSecond,
                clock.instant().truncatedTo(ChronoUnit.MILLIS)));
    }

    private PluginSettings say(PluginSetting setting) {
        try {
            byte[] value = codec.encode(topics.pluginSettings(), setting);
            var _ = AcknowledgedSender
                    .await(sender.begin(new ProducerRecord<>(topics.pluginSettings(), key(setting), value)));
            return board.of(setting.plugin()).with(setting);
        } catch (RetriableException unreachable) {
            throw ApiProblems.registryUnavailable();
        } catch (SendFailedException failed) {
            throw failed.outcome() == SendFailedException.Outcome.UNKNOWN
                    ? ApiProblems.settingInDoubt(setting.plugin())
                    : ApiProblems.brokerUnavailable("setting of plugin " + setting.plugin(), Optional.empty());
        }
    }

    private static byte[] key(PluginSetting setting) {
        return (setting.plugin() + "/" + setting.getClass().getSimpleName().toLowerCase(Locale.ROOT)).getBytes(UTF_8);
    }
}
