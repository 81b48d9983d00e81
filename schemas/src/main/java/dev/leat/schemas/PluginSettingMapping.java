package dev.leat.schemas;

import java.util.Optional;

import dev.leat.domain.JobTypeName;
import dev.leat.domain.limit.PluginSetting;
import dev.leat.schemas.avro.PluginSettingKind;

/** What operators say about plugins. */
final class PluginSettingMapping {

    static final Codec.Mapping<PluginSetting, dev.leat.schemas.avro.PluginSetting> MAPPING = new Codec.Mapping<>(
            dev.leat.schemas.avro.PluginSetting.class, PluginSettingMapping::toAvro, (_, avro) -> fromAvro(avro));

    private PluginSettingMapping() {}

    private static dev.leat.schemas.avro.PluginSetting toAvro(PluginSetting setting) {
        dev.leat.schemas.avro.PluginSetting.Builder builder = dev.leat.schemas.avro.PluginSetting.newBuilder()
                .setPlugin(setting.plugin())
                .setChangedAt(setting.at());
        return switch (setting) {
            case PluginSetting.Pause pause ->
                builder.setKind(PluginSettingKind.PAUSE).setPaused(pause.paused()).build();
            case PluginSetting.Limits limits -> builder.setKind(PluginSettingKind.LIMITS)
                    .setMaxRunning(limits.maxRunning().orElse(null))
                    .setStartsPerSecond(limits.startsPerSecond().orElse(null))
                    .build();
        };
    }

    private static Optional<PluginSetting> fromAvro(dev.leat.schemas.avro.PluginSetting avro) {
        if (!JobTypeName.isPluginId(avro.getPlugin())) {
            throw new IllegalArgumentException("Expected the id of a plugin, but got '" + avro.getPlugin() + "'");
        }
        return switch (avro.getKind()) {
            case PAUSE -> Optional.of(
                    new PluginSetting.Pause(avro.getPlugin(), avro.getPaused(), avro.getChangedAt()));
            case LIMITS -> Optional.of(new PluginSetting.Limits(avro.getPlugin(),
                    Optional.ofNullable(avro.getMaxRunning()), Optional.ofNullable(avro.getStartsPerSecond()),
                    avro.getChangedAt()));
            case UNKNOWN -> Optional.empty();
        };
    }
}
