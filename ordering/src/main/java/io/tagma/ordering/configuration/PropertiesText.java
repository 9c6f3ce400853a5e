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
package io.tagma.ordering.configuration;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tagma.ordering.authentication.AgreementPublicKey;
import io.tagma.ordering.authentication.SigningPublicKey;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A properties file that is read strictly: each key is taken once, and none may be doubled, missing or left over.
 */
final class PropertiesText
{
    private static final int FILE_LENGTH_MAX = 8 * 1024 * 1024;
    private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9][0-9]{0,17})");

    private final String source;
    private final TreeMap<String, String> values = new TreeMap<>();

    private PropertiesText(final String source)
    {
        this.source = source;
    }

    static PropertiesText load(final String what, final Path file)
    {
        final PropertiesText text = new PropertiesText(what + " " + file);
        text.parse(text.read(file));
        return text;
    }

    static void store(final String what, final Path file, final String text)
    {
        try
        {
            Files.writeString(file, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        }
        catch (final FileAlreadyExistsException ex)
        {
            throw new ConfigurationException(what + " " + file + " exists already: it is never written over", ex);
        }
        catch (final IOException ex)
        {
            throw new ConfigurationException(what + " " + file + " cannot be written: " + ex, ex);
        }
    }

    String source()
    {
        return source;
    }

    boolean has(final String key)
    {
        return values.containsKey(key);
    }

    String take(final String key)
    {
        final String value = values.remove(key);
        if (null == value)
        {
            throw new ConfigurationException(source + ": " + key + " is missing");
        }
        return value;
    }

    long takeLong(final String key)
    {
        final String value = take(key);
        if (!NUMBER.matcher(value).matches())
        {
            throw refusal(key, value, "must be a whole number");
        }
        return Long.parseLong(value);
    }

    int takeInt(final String key, final int least, final int greatest)
    {
        final long value = takeLong(key);
        if (value < least || value > greatest)
        {
            throw refusal(key, Long.toString(value), "must be from " + least + " to " + greatest);
        }
        return (int)value;
    }

    EndPoint takeEndPoint(final String key)
    {
        final String value = take(key);
        final EndPoint endPoint = EndPoint.parse(value);
        if (null == endPoint)
        {
            throw refusal(key, value, "must be " + EndPoint.FORM);
        }
        return endPoint;
    }

    SigningPublicKey takeSigningKey(final String key)
    {
        final String value = take(key);
        final byte[] bytes = decode(value);
        final SigningPublicKey publicKey = null == bytes ? null : SigningPublicKey.ofEncoded(bytes);
        if (null == publicKey)
        {
            throw refusal(key, value, "must be a public Ed25519 key of full order, 32 bytes in base64");
        }
        return publicKey;
    }

    AgreementPublicKey takeAgreementKey(final String key)
    {
        final String value = take(key);
        final byte[] bytes = decode(value);
        final AgreementPublicKey publicKey = null == bytes ? null : AgreementPublicKey.ofEncoded(bytes);
        if (null == publicKey)
        {
            throw refusal(key, value, "must be a public X25519 key not of small order, 32 bytes in base64");
        }
        return publicKey;
    }

    String takeHex(final String key, final int length)
    {
        final String value = take(key);
        if (!value.matches("[0-9a-f]{" + 2 * length + "}"))
        {
            throw refusal(key, value, "must be " + 2 * length + " digits of 0-9 and a-f");
        }
        return value;
    }

    byte[] takeBase64(final String key)
    {
        final String value = take(key);
        final byte[] bytes = decode(value);
        if (null == bytes)
        {
            throw refusal(key, value, "must be base64");
        }
        return bytes;
    }

    ConfigurationException refusal(final String key, final String value, final String what)
    {
        return new ConfigurationException(source + ": " + key + " = " + value + " " + what);
    }

    /** After everything known was taken. */
    void requireNothingLeft()
    {
        if (!values.isEmpty())
        {
            throw new ConfigurationException(source + ": " + values.firstKey() + " is not a known key");
        }
    }

    private String read(final Path file)
    {
        try
        {
            if (!Files.isRegularFile(file))
            {
                throw new ConfigurationException(source + " does not exist");
            }
            if (Files.size(file) > FILE_LENGTH_MAX)
            {
                throw new ConfigurationException(source + " is longer than " + FILE_LENGTH_MAX + " bytes");
            }
            return Files.readString(file, UTF_8);
        }
        catch (final CharacterCodingException ex)
        {
            throw new ConfigurationException(source + " is not text in UTF-8", ex);
        }
        catch (final IOException ex)
        {
            throw new ConfigurationException(source + " cannot be read: " + ex, ex);
        }
    }

    private void parse(final String text)
    {
        try
        {
            new Collector().load(new StringReader(text));
        }
        catch (final IllegalArgumentException ex)
        {
            throw new ConfigurationException(source + " holds a malformed \\u escape", ex);
        }
        catch (final IOException ex)
        {
            throw new ConfigurationException(source + " cannot be read: " + ex, ex);
        }
    }

    private static byte[] decode(final String value)
    {
        try
        {
            return Base64.getDecoder().decode(value);
        }
        catch (final IllegalArgumentException ex)
        {
            return null;
        }
    }

    /** The JDK's parser, which would silently let the last of two equal keys win. */
    private final class Collector extends Properties
    {
        private static final long serialVersionUID = 1L;

        @Override
        public synchronized Object put(final Object key, final Object value)
        {
            if (null != values.put((String)key, ((String)value).strip()))
            {
                throw new ConfigurationException(source + ": " + key + " is given twice");
            }
            return null;
        }
    }
}
