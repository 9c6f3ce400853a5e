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
package io.tagma.ordering.protocol;

/**
 * The statements that this replica goes by: of each replica the newest valid VIEW-CHANGE; the highest NEW-VIEW that it
 * validated, with the VIEW-CHANGEs that it names. Passive; written by {@link ViewChange} and its parts.
 */
final class ViewChangeLog
{
    private final Statement[] newest;
    private final Statement[] named;
    private Statement newView;

    ViewChangeLog(final ProtocolParameters parameters)
    {
        newest = new Statement[parameters.quorums.size()];
        named = new Statement[newest.length];
    }

    /** The newest valid VIEW-CHANGE of a replica, or null. */
    Statement newest(final int replica)
    {
        return newest[replica];
    }

    /** Whether a view is above that of the newest valid one. */
    boolean isNewer(final int replica, final long view)
    {
        return null == newest[replica] || view > newest[replica].view();
    }

    void newest(final Statement statement)
    {
        set(newest, statement.signer(), statement);
    }

    /** The highest NEW-VIEW validated, or null. */
    Statement newView()
    {
        return newView;
    }

    /** A VIEW-CHANGE that the highest NEW-VIEW names, or null. */
    Statement named(final int replica)
    {
        return named[replica];
    }

    void newView(final Statement statement, final Statement[] members)
    {
        statement.retain();
        if (null != newView)
        {
            newView.release();
        }
        newView = statement;
        for (int id = 0; id < members.length; id++)
        {
            set(named, id, members[id]);
        }
    }

    /** Puts a statement, or nothing, where perhaps another one was. */
    static void set(final Statement[] places, final int id, final Statement statement)
    {
        if (null != statement)
        {
            statement.retain();
        }
        if (null != places[id])
        {
            places[id].release();
        }
        places[id] = statement;
    }

    static void clear(final Statement[] places)
    {
        for (int id = 0; id < places.length; id++)
        {
            set(places, id, null);
        }
    }
}
