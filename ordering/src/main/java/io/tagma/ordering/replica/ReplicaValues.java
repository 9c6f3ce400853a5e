/*
 * Copyright 2026 The Tagma Authors
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.tagma.ordering.replica;

import io.tagma.ordering.configuration.ConfigurationException;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * The texts of settings and what they mean. Whatever cannot be meant is refused in one sentence.
 */
final class ReplicaValues
{
    private final Map<ReplicaSetting, String> texts = new EnumMap<>(ReplicaSetting.class);

    void put(final ReplicaSetting setting, final String text)
    {
        texts.put(setting, text);
    }

    @SafeVarargs
    final <E extends Enum<E>> E choice(final ReplicaSetting setting, final E... choices)
    {
        final StringBuilder names = new StringBuilder();
        for (final E choice : choices)
        {
            final String name = choice.name().toLowerCase(Locale.ROOT);
            if (name.equals(text(setting)))
            {
                return choice;
            }
            names.append(names.isEmpty() ? "" : ", ").append(name);
        }
        throw new ConfigurationException(setting.key() + " = " + text(setting) + " must be one of " + names + ".");
    }

    String text(final ReplicaSetting setting)
    {
        return texts.getOrDefault(setting, setting.defaultValue());
    }

    String required(final ReplicaSetting setting)
    {
        final String value = text(setting);
        if (null == value || value.isEmpty())
        {
            throw new ConfigurationException("The setting " + setting.key() + " is missing.");
        }
        return value;
    }

    long number(final ReplicaSetting setting)
    {
        final String value = required(setting);
        try
        {
            final long number = Long.parseLong(value);
            if (number >= setting.least() && number <= setting.greatest())
            {
                return number;
            }
        }
        catch (final NumberFormatException ex)
        {
            throw outOfRange(setting, value, ex);
        }
        throw outOfRange(setting, value, null);
    }

    private static ConfigurationException outOfRange(
        final ReplicaSetting setting, final String value, final NumberFormatException cause)
    {
        return new ConfigurationException(setting.key() + " = " + value + " must be a number from " +
            setting.least() + " to " + setting.greatest() + ".", cause);
    }

    int integer(final ReplicaSetting setting)
    {
        return (int)number(setting);
    }

    boolean truth(final ReplicaSetting setting)
    {
        final String value = text(setting);
        if (!"true".equals(value) && !"false".equals(value))
        {
            throw new ConfigurationException(setting.key() + " = " + value + " must be true or false.");
        }
        return Boolean.parseBoolean(value);
    }
}
