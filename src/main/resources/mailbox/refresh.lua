-- Extends the life of a session's location, and restores it when it was lost. Another's is left as it is.
local location = KEYS[1] -- string: "ADDRESS SESSION" of the session that the account is connected with
local mailbox = KEYS[2]  -- sorted set: the account's waiting messages
local cutoff = KEYS[3]   -- string: epoch milliseconds; logins of up to then do not count any more

local mine = ARGV[1]     -- string: "ADDRESS SESSION" of the session that refreshes
local life = ARGV[2]     -- integer: milliseconds until the location expires unless it is refreshed again

-- Returns what was found (nil: it was absent and is set now), how many messages wait, and the cutoff (0: none).
local found = redis.call('GET', location)
if not found or found == mine then
    redis.call('SET', location, mine, 'PX', life)
end
-- The cutoff may be an application's: what is no number ends nobody's session.
return { found, redis.call('ZCARD', mailbox), tonumber(redis.pcall('GET', cutoff) or 0) or 0 }
