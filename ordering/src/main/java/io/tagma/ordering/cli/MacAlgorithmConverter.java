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
package io.tagma.ordering.cli;

import io.tagma.ordering.authentication.MacAlgorithm;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a message authentication algorithm by the name that it has in the cluster file.
 */
final class MacAlgorithmConverter implements ITypeConverter<MacAlgorithm>
{
    @Override
    public MacAlgorithm convert(final String value)
    {
        final MacAlgorithm algorithm = MacAlgorithm.ofLabel(value);
        if (null == algorithm)
        {
            throw new TypeConversionException("'" + value + "' must be aes-cmac or hmac-sha-256");
        }
        return algorithm;
    }
}
