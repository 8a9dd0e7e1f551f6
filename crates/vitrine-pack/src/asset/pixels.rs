//! The size of a picture as browsers show it.

/// Returns width and height in pixels, or `None` when the bytes are no picture.
pub(super) fn size(bytes: &[u8]) -> Option<[u32; 2]> {
    let size = imagesize::blob_size(bytes).ok()?;
    let size = [u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?];
    Some(if is_turned(bytes) { [size[1], size[0]] } else { size })
}

/// Whether a JPEG picture says that it has to be turned on its side: orientations 5 to 8
/// of Exif 2.32, section 4.6.4.
fn is_turned(bytes: &[u8]) -> bool {
    orientation(bytes).is_some_and(|orientation| (5..=8).contains(&orientation))
}

/// Reads the orientation from the first Exif segment of a JPEG picture.
fn orientation(bytes: &[u8]) -> Option<u16> {
    let mut rest = bytes.strip_prefix(b"\xff\xd8")?;
    loop {
        let (&[0xff, marker, high, low], body) = rest.split_first_chunk()? else {
            return None;
        };
        let len = usize::from(u16::from_be_bytes([high, low])).checked_sub(2)?;
        let (segment, after) = body.split_at_checked(len)?;
        if marker == 0xe1
            && let Some(tiff) = segment.strip_prefix(b"Exif\0\0")
        {
            return of_tiff(tiff);
        }
        // The picture itself begins: what describes it stands before.
        if marker == 0xda {
            return None;
        }
        rest = after;
    }
}

fn of_tiff(tiff: &[u8]) -> Option<u16> {
    let is_little = tiff.starts_with(b"II");
    let u16_at = |at: usize| {
        let bytes = <[u8; 2]>::try_from(tiff.get(at..at.checked_add(2)?)?).ok()?;
        Some(if is_little {
            u16::from_le_bytes(bytes)
        } else {
            u16::from_be_bytes(bytes)
        })
    };
    let u32_at = |at: usize| {
        let bytes = <[u8; 4]>::try_from(tiff.get(at..at.checked_add(4)?)?).ok()?;
        Some(if is_little {
            u32::from_le_bytes(bytes)
        } else {
            u32::from_be_bytes(bytes)
        })
    };
    let directory = u32_at(4)? as usize;
    let count = usize::from(u16_at(directory)?);
    (0..count)
        .filter_map(|entry| directory.checked_add(2 + entry * 12))
        .find(|&entry| u16_at(entry) == Some(0x0112))
        .and_then(|entry| u16_at(entry.checked_add(8)?))
}

#[cfg(test)]
mod tests {
    use super::orientation;

    #[test]
    fn the_orientation_of_a_photograph_is_read() {
        let mut photo = b"\xff\xd8\xff\xe0\0\x04xx\xff\xe1\0\x22Exif\0\0".to_vec();
        photo.extend(b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0");
        assert_eq!(orientation(&photo), Some(6));
        for end in 0..photo.len() - 8 {
            assert_eq!(orientation(&photo[..end]), None, "{end}");
        }
        assert_eq!(orientation(b"\xff\xd8\xff\xda\0\x02"), None);
    }
}
