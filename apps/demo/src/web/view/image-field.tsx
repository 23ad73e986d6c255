import { type ChangeEvent, type ReactNode, useId, useState } from 'react';
import { Icon } from './icon.tsx';

/** Bytes of a file that fit into a data URL of 10 MB, which the service takes at most. */
const maxImageBytes = 7_500_000;

interface ImageFieldProps {
  /** Data URLs and addresses. */
  readonly images: readonly string[];
  readonly onChange: (images: readonly string[]) => void;
}

/** Pictures to send along: from a file, or by their address. */
export function ImageField({ images, onChange }: ImageFieldProps): ReactNode {
  const [problem, setProblem] = useState('');
  const problemId = useId();

  const addFile = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.[0];
    target.value = '';
    if (file === undefined) return;
    if (file.size > maxImageBytes) {
      setProblem(`${file.name} is too large: ${maxImageBytes / 1_000_000} MB at most.`);
      return;
    }
    const reader = new FileReader();
    reader.onload = () => onChange([...images, String(reader.result)]);
    reader.onerror = () => setProblem(`${file.name} cannot be read.`);
    reader.readAsDataURL(file);
    setProblem('');
  };
  const addAddress = (address: string): boolean => {
    if (!/^https?:\/\/\S+$/.test(address)) {
      setProblem('The address of a picture begins with https:// or http://.');
      return false;
    }
    onChange([...images, address]);
    setProblem('');
    return true;
  };

  return (
    <div className="image-field">
      <label className="button">
        <Icon name="image" />
        Add image
        <input type="file" accept="image/*" className="visually-hidden" onChange={addFile} />
      </label>
      <input
        type="url"
        aria-label="Image address"
        placeholder="or paste its address, then Enter"
        aria-describedby={problemId}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          if (addAddress(event.currentTarget.value.trim())) event.currentTarget.value = '';
        }}
      />
      <p id={problemId} className="problem" role="status">
        {problem}
      </p>
      {images.length > 0 && (
        <ul className="images">
          {images.map((image) => (
            <li key={image}>
              {image.startsWith('data:') ? <img src={image} alt="Attached" /> : <span>{image}</span>}
              <button
                type="button"
                aria-label="Remove image"
                onClick={() => onChange(images.filter((other) => other !== image))}
              >
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
