-- Makes a session the one that its account is connected with.
local location = KEYS[1] -- string: "ADDRESS SESSION" of the session that the account is connected with
local mailbox = KEYS[2]  -- sorted set: the account's waiting messages

local mine = ARGV[1]     -- string: "ADDRESS SESSION" of the session that claims
local life = ARGV[2]     -- integer: milliseconds until the location expires unless it is refreshed

-- Returns who had it before (nil for nobody and for this very session), and how many messages wait.
local previous = redis.call('GET', location)
redis.call('SET', location, mine, 'PX', life)
if previous == mine then
    previous = false
end
return { previous, redis.call('ZCARD', mailbox) }
