-- Says where an account is; if it is nowhere, adds the message to its mailbox.
local location = KEYS[1] -- string: "ADDRESS SESSION" of the session that the account is connected with
local mailbox = KEYS[2]  -- sorted set: the account's waiting messages
local bytes = KEYS[3]    -- string: the size of the mailbox in bytes

local member = ARGV[1]                 -- string: "MESSAGE_ID JSON"
local max_messages = tonumber(ARGV[2]) -- integer: how many messages may wait
local max_bytes = tonumber(ARGV[3])    -- integer: how many bytes they may have together
local expiry = ARGV[4]                 -- integer: milliseconds until the mailbox expires unless something is appended

-- Returns 1 when the message is in the mailbox now, 0 when it is not; and the location (nil for none, then 0 means full).
local found = redis.call('GET', location)
if found then
    return { 0, found }
end
return { keep(mailbox, bytes, member, max_messages, max_bytes, expiry), found }
