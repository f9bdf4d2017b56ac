-- Reads many documents in one pandoc: a JSON request on each line of standard input, a JSON answer on each line of
-- standard output, in the same order. The empty table given to pandoc.read puts every reader into the sandbox: no file
-- is opened and nothing is fetched, whatever a document includes.

local function bytes(hex)
  return (hex:gsub('%x%x', function(pair) return string.char(tonumber(pair, 16)) end))
end

-- Blocks of raw HTML inside Markdown become blocks of the document; a lone opening or closing tag becomes nothing.
local function read_raw_html(document)
  return document:walk {
    RawBlock = function(raw)
      if raw.format == 'html' then
        return pandoc.read(raw.text, 'html', {}, {}).blocks
      end
    end,
  }
end

-- Images inside a document (docx, ipynb …) come along as data; those of the document before are forgotten.
local function with_images(document)
  return document:walk {
    Image = function(image)
      local mime, contents = pandoc.mediabag.lookup(image.src)
      if contents then
        image.src = pandoc.mediabag.make_data_uri(mime, contents)
        return image
      end
    end,
  }
end

local function read(request)
  pandoc.mediabag.empty()
  local markup = request.hex and bytes(request.hex) or request.text
  local document = pandoc.read(markup, request.format, {}, {})
  if #pandoc.mediabag.list() > 0 then
    document = with_images(document)
  end
  return request.html_blocks and read_raw_html(document) or document
end

for line in io.lines() do
  local done, answer = pcall(function() return pandoc.write(read(pandoc.json.decode(line, false)), 'json') end)
  io.write(done and answer or pandoc.json.encode { error = tostring(answer) }, '\n')
  io.flush()
end
